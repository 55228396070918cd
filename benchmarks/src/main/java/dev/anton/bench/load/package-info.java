/** Events in, at a rate or as fast as they are taken. */
@NullMarked
package dev.anton.bench.load;

import org.jspecify.annotations.NullMarked;

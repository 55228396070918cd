/** What the benches of the running stack have in common. */
@NullMarked
package dev.anton.bench.stack;

import org.jspecify.annotations.NullMarked;

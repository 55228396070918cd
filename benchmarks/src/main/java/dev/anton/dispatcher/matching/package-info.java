/** Benchmarks of matching. */
@NullMarked
package dev.anton.dispatcher.matching;

import org.jspecify.annotations.NullMarked;

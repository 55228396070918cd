/** A receiver that costs as little as possible. */
@NullMarked
package dev.anton.bench.sink;

import org.jspecify.annotations.NullMarked;

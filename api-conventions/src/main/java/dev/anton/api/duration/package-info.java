/** Durations as clients write them. */
@NullMarked
package dev.anton.api.duration;

import org.jspecify.annotations.NullMarked;

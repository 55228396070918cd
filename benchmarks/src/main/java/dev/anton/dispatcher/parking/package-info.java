/** Benchmarks of parked rows. */
@NullMarked
package dev.anton.dispatcher.parking;

import org.jspecify.annotations.NullMarked;

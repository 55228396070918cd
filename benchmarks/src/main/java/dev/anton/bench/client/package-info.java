/** The HTTP client alone, as the measure of what is possible. */
@NullMarked
package dev.anton.bench.client;

import org.jspecify.annotations.NullMarked;

/** The HTTP client that carries deliveries: one exchange, one outcome, bounded in every way. */
@NullMarked
package dev.anton.dispatcher.http;

import org.jspecify.annotations.NullMarked;

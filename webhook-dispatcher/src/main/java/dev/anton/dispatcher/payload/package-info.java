/** How an event's body and headers are rendered for an endpoint. */
@NullMarked
package dev.anton.dispatcher.payload;

import org.jspecify.annotations.NullMarked;

/** The terms of the trade: an event as it was read, a delivery of it, and an attempt. */
@NullMarked
package dev.anton.dispatcher.delivery;

import org.jspecify.annotations.NullMarked;

/** Takes up parked deliveries again when they are due or their endpoint has room. */
@NullMarked
package dev.anton.dispatcher.parking;

import org.jspecify.annotations.NullMarked;

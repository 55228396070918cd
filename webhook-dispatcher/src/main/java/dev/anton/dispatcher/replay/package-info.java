/** Deliveries that are made again because somebody asked for it. */
@NullMarked
package dev.anton.dispatcher.replay;

import org.jspecify.annotations.NullMarked;

/** Reads the event topics and hands out what is on them, as fast as it becomes durable. */
@NullMarked
package dev.anton.dispatcher.consume;

import org.jspecify.annotations.NullMarked;

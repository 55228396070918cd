/** Reads the event log anywhere, by position or by time, beside the consumer of what is new. */
@NullMarked
package dev.anton.dispatcher.eventlog;

import org.jspecify.annotations.NullMarked;

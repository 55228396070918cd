/** What happened, for clients to read: events, deliveries, attempts and dead letters. */
@NullMarked
package dev.anton.dispatcher.reading;

import org.jspecify.annotations.NullMarked;

package dev.anton.dispatcher.stream;

import dev.anton.dispatcher.delivery.RecordPosition;
import java.time.Instant;

/** The event after which a client goes on. */
record LastEvent(RecordPosition position, Instant loggedAt) {}

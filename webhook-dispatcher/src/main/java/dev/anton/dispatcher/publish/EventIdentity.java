package dev.anton.dispatcher.publish;

import java.time.Instant;

/** What makes an event the same one when it is sent again: consumers know it by id and time. */
record EventIdentity(String id, Instant time) {}

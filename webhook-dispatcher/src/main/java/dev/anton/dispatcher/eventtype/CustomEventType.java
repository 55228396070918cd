package dev.anton.dispatcher.eventtype;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tenant's own event type.
 *
 * @param schema JSON Schema 2020-12 of the data; null if any JSON will do
 */
record CustomEventType(
    String name,
    String description,
    @Nullable JsonNode schema,
    @Nullable JsonNode example,
    Instant createdAt) {}

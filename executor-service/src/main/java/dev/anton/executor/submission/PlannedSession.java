package dev.anton.executor.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the planner says of a session.
 *
 * @param plan only when completed
 * @param lastSequence of the events that the session has emitted
 * @param eventsSent whether Kafka has all of them; null from a planner that does not say
 */
record PlannedSession(
    String sessionId,
    String status,
    @Nullable String outputDir,
    @Nullable JsonNode plan,
    long lastSequence,
    @Nullable Boolean eventsSent) {}

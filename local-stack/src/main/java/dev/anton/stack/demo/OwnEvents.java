package dev.anton.stack.demo;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells the events of one session from those of others: they name the session, or the execution
 * that an earlier event said to be the session's.
 */
final class OwnEvents {

  private final String sessionId;
  private @Nullable String executionId;

  OwnEvents(String sessionId) {
    this.sessionId = sessionId;
  }

  boolean contains(Arrival arrival) {
    JsonNode data = arrival.data();
    String execution = data.path("executionId").asString("");
    if (data.path("sessionId").asString("").equals(sessionId)) {
      if (!execution.isEmpty()) {
        executionId = execution;
      }
      return true;
    }
    return !execution.isEmpty() && execution.equals(executionId);
  }

  String sessionId() {
    return sessionId;
  }

  @Nullable String executionId() {
    return executionId;
  }
}

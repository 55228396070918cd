package dev.anton.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What happens to one node of an execution. {@code attempt} counts from 1. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface NodeEvent extends EventData {

  String executionId();

  String nodeId();

  @EventName(value = "node.started", description = "A node begins execution.")
  record Started(String executionId, String nodeId, String label, String type, int attempt)
      implements NodeEvent {}

  @EventName(value = "node.completed", description = "A node completed successfully.")
  record Completed(
      String executionId,
      String nodeId,
      String label,
      String type,
      int attempt,
      long durationMs,
      @Nullable JsonNode output)
      implements NodeEvent {}

  @EventName(value = "node.failed", description = "An attempt of a node failed.")
  record Failed(
      String executionId,
      String nodeId,
      String label,
      String type,
      int attempt,
      String error,
      boolean willRetry)
      implements NodeEvent {}

  @EventName(value = "node.skipped", description = "A node will not run.")
  record Skipped(String executionId, String nodeId, String reason) implements NodeEvent {}

  @EventName(
      value = "node.cancelled",
      description = "A node was stopped, or kept from starting, by a cancellation.")
  record Cancelled(String executionId, String nodeId, String reason) implements NodeEvent {}
}

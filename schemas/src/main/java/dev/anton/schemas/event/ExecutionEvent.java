package dev.anton.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the execution of a plan as a whole. {@code durationMs} is wall time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ExecutionEvent extends EventData {

  String executionId();

  @Nullable String sessionId();

  @EventName(value = "execution.started", description = "The execution of a plan begins.")
  record Started(
      String executionId, @Nullable String sessionId, @Nullable String projectName, int nodeCount)
      implements ExecutionEvent {}

  @EventName(value = "execution.completed", description = "Every node of an execution succeeded.")
  record Completed(
      String executionId,
      @Nullable String sessionId,
      int nodeCount,
      int completedNodes,
      long durationMs)
      implements ExecutionEvent {}

  @EventName(value = "execution.failed", description = "An execution ended with a failed node.")
  record Failed(
      String executionId,
      @Nullable String sessionId,
      int nodeCount,
      int completedNodes,
      long durationMs,
      String error,
      List<String> failedNodes)
      implements ExecutionEvent {}

  /**
   * @param runningNodes the nodes it stopped in
   */
  @EventName(value = "execution.cancelled", description = "An execution was cancelled.")
  record Cancelled(
      String executionId,
      @Nullable String sessionId,
      int nodeCount,
      int completedNodes,
      List<String> runningNodes)
      implements ExecutionEvent {}
}

package dev.anton.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What happens to a planning session. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface PlanEvent extends EventData {

  String sessionId();

  @EventName(value = "plan.started", description = "A planning session begins.")
  record Started(String sessionId, String step, String message) implements PlanEvent {

    public static Started of(String sessionId) {
      return new Started(sessionId, "initializing", "Starting planning process");
    }
  }

  /**
   * Sent when a step begins, and again with {@code status} {@code complete} when it ends.
   *
   * @param step {@code validating}, {@code project-created}, {@code planning} or {@code reviewing}
   * @param status {@code complete} when the step ends, absent when it begins
   * @param isValid whether the prompt describes a software project; only when {@code validating}
   *     ends
   * @param projectName once it is known
   */
  @EventName(value = "plan.step", description = "A step of the planning process begins or ends.")
  record Step(
      String sessionId,
      String step,
      String message,
      @Nullable String status,
      @Nullable Boolean isValid,
      @Nullable String projectName)
      implements PlanEvent {}

  @EventName(value = "plan.completed", description = "Planning completed successfully.")
  record Completed(String sessionId, String projectName, String outputDir, int nodeCount)
      implements PlanEvent {}

  /**
   * @param step {@code validating}, {@code project-creation}, {@code planning} or {@code reviewing}
   */
  @EventName(value = "plan.failed", description = "Planning failed.")
  record Failed(String sessionId, String error, String step) implements PlanEvent {}

  /**
   * @param step where it stopped
   */
  @EventName(value = "plan.cancelled", description = "A planning session was cancelled.")
  record Cancelled(String sessionId, String step) implements PlanEvent {}
}

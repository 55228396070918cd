package dev.anton.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
   * @param findings what the review has mended, the first of it; only when {@code reviewing} ends
   * @param planner {@code rules} or {@code model}, where a language model is configured; only when
   *     {@code planning} ends
   * @param fallback why the rules have planned although a language model is configured
   */
  @EventName(value = "plan.step", description = "A step of the planning process begins or ends.")
  record Step(
      String sessionId,
      String step,
      String message,
      @Nullable String status,
      @Nullable Boolean isValid,
      @Nullable String projectName,
      @Nullable List<Finding> findings,
      @Nullable String planner,
      @Nullable String fallback)
      implements PlanEvent {

    /** A step as the seed has it. */
    public Step(
        String sessionId,
        String step,
        String message,
        @Nullable String status,
        @Nullable Boolean isValid,
        @Nullable String projectName) {
      this(sessionId, step, message, status, isValid, projectName, null, null, null);
    }

    /** The same, and what was mended, if anything was. */
    public Step with(List<Finding> mended) {
      return new Step(
          sessionId,
          step,
          message,
          status,
          isValid,
          projectName,
          mended.isEmpty() ? null : List.copyOf(mended),
          planner,
          fallback);
    }

    /** The same, and who has planned. */
    public Step by(String whoPlanned, @Nullable String whyRules) {
      return new Step(
          sessionId, step, message, status, isValid, projectName, findings, whoPlanned, whyRules);
    }
  }

  /**
   * Something that was mended in a plan.
   *
   * @param code stable, such as {@code transitive-dependency}
   * @param detail a sentence that names the nodes
   */
  record Finding(String code, String detail) {}

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

package dev.anton.schemas.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.schemas.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The planner hands a finished plan to the executor. Handling it twice has the effect of once: the
 * execution's id is chosen by the sender.
 *
 * @param lastSequence {@code ce_sequence} of the session's last event; the execution's go on from
 *     it
 * @param outputDir the project's folder, absolute
 * @param maxConcurrency nodes that may run at a time; absent: the executor's default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StartExecution(
    String executionId,
    String sessionId,
    long lastSequence,
    String outputDir,
    Plan plan,
    @Nullable Integer maxConcurrency,
    @Nullable Boolean failFast) {

  /** The command's {@code ce_type}. */
  public static final String TYPE = "execution.start";
}

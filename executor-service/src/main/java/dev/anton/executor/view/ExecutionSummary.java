package dev.anton.executor.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An execution without its nodes. Times are ISO-8601 in UTC.
 *
 * @param control what was asked for last: {@code run}, {@code pause} or {@code cancel}; the status
 *     follows it
 * @param durationMs of an execution that has ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecutionSummary(
    String executionId,
    String status,
    String control,
    @Nullable String sessionId,
    @Nullable String retryOf,
    @Nullable String projectName,
    String outputDir,
    Config config,
    Nodes nodeCounts,
    int nodeCount,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String finishedAt,
    @Nullable Long durationMs,
    @Nullable String error) {

  public record Config(boolean failFast, int maxConcurrency) {}

  /** How many nodes are in each state. */
  public record Nodes(
      int pending,
      int running,
      int retrying,
      int completed,
      int failed,
      int skipped,
      int cancelled) {}
}

package dev.anton.executor.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node of an execution. Times are ISO-8601 in UTC and belong to the last attempt.
 *
 * @param attempt of the last start, 0 before the first
 * @param nextAttemptAt only while retrying
 * @param reused the result is the one of the execution that this one retries
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NodeView(
    String id,
    String label,
    String type,
    String runner,
    List<String> dependencies,
    @Nullable String condition,
    String state,
    int attempt,
    @Nullable String startedAt,
    @Nullable String finishedAt,
    @Nullable Long durationMs,
    @Nullable String nextAttemptAt,
    @Nullable JsonNode output,
    @Nullable String error,
    boolean reused) {}

package dev.anton.executor.execution;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An execution to be queued.
 *
 * @param lastSequence of the events that its session has emitted so far; 0 without a session
 * @param reused outputs, as JSON, of the nodes that need not run again, by their ids
 */
public record NewExecution(
    ExecutionDefinition definition, long lastSequence, Map<String, @Nullable String> reused) {

  public static NewExecution of(ExecutionDefinition definition, long lastSequence) {
    return new NewExecution(definition, lastSequence, Map.of());
  }
}

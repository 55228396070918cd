package dev.anton.executor.execution;

import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.ExecutionProgress;
import dev.anton.executor.schedule.NodeProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * An execution as it was last committed.
 *
 * @param version counts the commits so far
 * @param nodes progress by node id; those without are new
 */
public record StoredExecution(
    ExecutionDefinition definition,
    Control control,
    long version,
    ExecutionProgress progress,
    Map<String, NodeProgress> nodes) {

  public StoredExecution {
    nodes = Map.copyOf(nodes);
  }

  /** One that was queued a moment ago. */
  public static StoredExecution queued(NewExecution execution) {
    Map<String, NodeProgress> reused = new HashMap<>();
    execution.reused().keySet().forEach(id -> reused.put(id, NodeProgress.REUSED));
    return new StoredExecution(
        execution.definition(), Control.RUN, 0, ExecutionProgress.NEW, reused);
  }
}

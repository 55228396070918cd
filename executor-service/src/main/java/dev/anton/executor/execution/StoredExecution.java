package dev.anton.executor.execution;

import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.ExecutionProgress;
import dev.anton.executor.schedule.NodeProgress;
import java.util.Map;

/**
 * An execution as it was last committed.
 *
 * @param version counts the commits so far
 * @param nodes progress by node id
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
}

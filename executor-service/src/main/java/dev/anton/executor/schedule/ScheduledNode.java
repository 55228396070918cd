package dev.anton.executor.schedule;

import java.time.Duration;
import java.util.List;

/**
 * What the schedule knows of a node.
 *
 * @param dependencies ids of other nodes of the same plan, without cycles
 * @param maxAttempts how many attempts may fail before the node has; at least 1
 * @param initialDelay before the second attempt
 * @param conditional whether a condition decides, once all dependencies have ended, if it runs;
 *     else it runs if all of them completed
 */
public record ScheduledNode(
    String id,
    String label,
    String type,
    List<String> dependencies,
    int maxAttempts,
    Duration initialDelay,
    boolean conditional) {

  public ScheduledNode {
    dependencies = List.copyOf(dependencies);
  }

  /** One without a condition. */
  public ScheduledNode(
      String id,
      String label,
      String type,
      List<String> dependencies,
      int maxAttempts,
      Duration initialDelay) {
    this(id, label, type, dependencies, maxAttempts, initialDelay, false);
  }
}

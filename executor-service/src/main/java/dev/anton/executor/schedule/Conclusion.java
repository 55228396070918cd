package dev.anton.executor.schedule;

import dev.anton.schemas.event.EventData;
import dev.anton.schemas.event.ExecutionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an execution whose nodes are all final ends. */
record Conclusion(ExecutionProgress execution, EventData event) {

  static final String CANCELLED = "The execution was cancelled";

  /** Ids have up to 128 characters: as many stay far below the 256 KiB that an event may have. */
  static final int MAX_NAMED_NODES = 500;

  static Conclusion of(Schedule schedule, Instant now) {
    ExecutionProgress execution = schedule.execution();
    NodeTable nodes = schedule.nodes;
    String id = schedule.identity.executionId();
    String session = schedule.identity.sessionId();
    int size = nodes.size();
    int completed = nodes.count(NodeState.COMPLETED);
    int failed = nodes.count(NodeState.FAILED);
    long millis = millis(execution.startedAt(), now);
    if (nodes.count(NodeState.CANCELLED) > 0) {
      return new Conclusion(
          execution.ended(ExecutionStatus.CANCELLED, now, CANCELLED),
          new ExecutionEvent.Cancelled(
              id, session, size, completed, List.copyOf(schedule.stoppedIn)));
    }
    if (failed == 0) {
      // Nodes that a condition kept from running were not to run.
      return new Conclusion(
          execution.ended(ExecutionStatus.COMPLETED, now, null),
          new ExecutionEvent.Completed(id, session, size, completed, millis));
    }
    String error = "%d of %d %s failed".formatted(failed, size, size == 1 ? "node" : "nodes");
    return new Conclusion(
        execution.ended(ExecutionStatus.FAILED, now, error),
        new ExecutionEvent.Failed(
            id, session, size, completed, millis, error, named(nodes, NodeState.FAILED)));
  }

  /** From then until now in milliseconds, never negative: a clock may be set back. */
  static long millis(@Nullable Instant start, Instant now) {
    return start == null ? 0 : Math.max(0, Duration.between(start, now).toMillis());
  }

  private static List<String> named(NodeTable nodes, NodeState state) {
    return nodes.in(state).stream()
        .limit(MAX_NAMED_NODES)
        .map(place -> nodes.node(place).id())
        .toList();
  }
}

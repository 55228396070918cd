package dev.anton.executor.schedule;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schedule of one execution. It moves in turns: what has happened goes in, a {@link Decision}
 * comes out. Not thread-safe.
 *
 * <p>What holds at all times:
 *
 * <ol>
 *   <li>A node runs only after all its dependencies have completed; one with a condition after all
 *       of them have ended, and only if the condition holds.
 *   <li>Never more than {@code maxConcurrency} nodes run.
 *   <li>A final state is never left, and only the attempt that runs can end a node.
 *   <li>While not all nodes are final, something runs, is due, can start, or waits for a person.
 *   <li>The first event is {@code execution.started}; the turn in which the last node becomes final
 *       emits the one terminal event, and emits it last.
 *   <li>Nothing starts while a pause, after a cancellation, or, with fail-fast, after a failure.
 *   <li>It ends completed if, and only if, no node failed or was cancelled; a node that was skipped
 *       has a false condition, or a node before it was skipped or failed, or there was a failure
 *       with fail-fast.
 *   <li>A node fails by itself at most {@code maxAttempts} times and loses its executor at most
 *       {@code maxInterruptions} times.
 * </ol>
 *
 * <p>The numbers are those of {@code docs/executions.md}, which goes on counting with what the
 * database and the log have to keep.
 */
public final class Schedule {

  final ExecutionIdentity identity;
  final SchedulePolicy policy;
  final NodeTable nodes;

  /** Nodes that were running when the cancellation was first seen. */
  final Set<String> stoppedIn = new LinkedHashSet<>();

  private ExecutionProgress execution;

  /**
   * @param known progress of the nodes by their ids; those without are new
   */
  public Schedule(
      ExecutionIdentity identity,
      SchedulePolicy policy,
      List<ScheduledNode> nodes,
      ExecutionProgress execution,
      Map<String, NodeProgress> known) {
    this.identity = identity;
    this.policy = policy;
    this.nodes = new NodeTable(nodes, known);
    this.execution = execution;
  }

  /** Begins the next turn; the one before has to be {@link Turn#end() ended}. */
  public Turn begin(Control control, Instant now) {
    if (execution.status().isFinal()) {
      throw new IllegalStateException("Execution " + identity.executionId() + " has ended");
    }
    return new Turn(this, control, now);
  }

  ExecutionProgress execution() {
    return execution;
  }

  void moveTo(ExecutionProgress next) {
    execution = next;
  }
}

package dev.anton.executor.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a node has come.
 *
 * @param attempt of the last start, 0 before the first
 * @param interruptions how many of the attempts ended because their executor went away
 * @param dueAt of the next attempt, only when retrying
 * @param startedAt of the last attempt
 */
public record NodeProgress(
    NodeState state,
    int attempt,
    int interruptions,
    @Nullable Instant dueAt,
    @Nullable Instant startedAt) {

  public static final NodeProgress NEW = new NodeProgress(NodeState.PENDING, 0, 0, null, null);

  /** Of a node whose result another execution has delivered. */
  public static final NodeProgress REUSED = new NodeProgress(NodeState.COMPLETED, 0, 0, null, null);

  NodeProgress started(Instant now) {
    return new NodeProgress(NodeState.RUNNING, attempt + 1, interruptions, null, now);
  }

  NodeProgress retrying(Instant due, boolean interrupted) {
    return new NodeProgress(
        NodeState.RETRYING, attempt, interruptions + (interrupted ? 1 : 0), due, startedAt);
  }

  NodeProgress ended(NodeState end, boolean interrupted) {
    return new NodeProgress(end, attempt, interruptions + (interrupted ? 1 : 0), null, startedAt);
  }

  /** Attempts that failed by themselves or, while running, will have been when this one has. */
  int ownAttempts() {
    return attempt - interruptions;
  }
}

package dev.anton.executor.execution;

import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.Decision;
import dev.anton.lease.Lease;

/**
 * A decision that is to become fact.
 *
 * @param lease under which it was taken
 * @param version of the execution that it was taken on
 * @param control that it obeys
 */
public record Commit(
    ExecutionDefinition definition, Lease lease, long version, Control control, Decision decision) {

  /** What became of a commit. */
  public enum Result {
    DONE,
    /** Another replica works on the execution, or it has ended: nothing was changed. */
    LEASE_LOST,
    /** People want something else than what the decision obeys: nothing was changed. */
    CONTROL_CHANGED
  }
}

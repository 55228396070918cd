package dev.anton.planner.session;

import dev.anton.lease.Lease;

/** The work of one step. It may run again after a crash, and must then have the effect of once. */
interface StepWork {

  Step step();

  /**
   * Does the work; the caller commits what comes of it.
   *
   * @throws StepFailedException if the step can never succeed
   * @throws LeaseLostException if the session is somebody else's now
   */
  Transition work(Session session, Lease lease) throws StepFailedException, LeaseLostException;
}

package dev.anton.executor.job;

import dev.anton.lease.Lease;

/** The job was cancelled or taken over: what this worker brings counts no more. */
final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(Lease lease) {
    super("The lease on " + lease.id() + " with token " + lease.fencingToken() + " is lost");
  }
}

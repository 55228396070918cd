package dev.anton.executor.execution;

import java.time.Duration;

/**
 * The lease under which an execution is queued by a replica that works on it at once.
 *
 * @param owner the replica
 * @param duration from the moment it is queued
 */
public record FirstLease(String owner, Duration duration) {

  /** Of an execution that was queued with one. */
  public static final long FENCING_TOKEN = 1;
}

package dev.anton.executor.schedule;

import java.util.Locale;

/** Where a node of an execution stands. */
public enum NodeState {
  /** Waits for its dependencies or for a free place. */
  PENDING,
  RUNNING,
  /** An attempt failed; the next one has a due time and holds nothing until then. */
  RETRYING,
  COMPLETED,
  FAILED,
  /** Will not run, because of another node's failure. */
  SKIPPED,
  CANCELLED;

  /** Whether the node stays as it is for good. */
  public boolean isFinal() {
    return switch (this) {
      case PENDING, RUNNING, RETRYING -> false;
      case COMPLETED, FAILED, SKIPPED, CANCELLED -> true;
    };
  }

  /** As clients and the database see it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static NodeState of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}

package dev.anton.executor.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an execution stands. */
public enum ExecutionStatus {
  QUEUED,
  RUNNING,
  /** Nothing new starts; nodes that were running may still finish. */
  PAUSED,
  COMPLETED,
  FAILED,
  CANCELLED;

  /** Whether the execution stays as it is for good. */
  public boolean isFinal() {
    return switch (this) {
      case QUEUED, RUNNING, PAUSED -> false;
      case COMPLETED, FAILED, CANCELLED -> true;
    };
  }

  /** As clients and the database see it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that wire name, or empty. */
  public static Optional<ExecutionStatus> parse(String wireName) {
    return Arrays.stream(values()).filter(status -> status.wireName().equals(wireName)).findAny();
  }

  public static ExecutionStatus of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}

package dev.anton.executor.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far an execution has come. */
public record ExecutionProgress(
    ExecutionStatus status,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String error) {

  public static final ExecutionProgress NEW =
      new ExecutionProgress(ExecutionStatus.QUEUED, null, null, null);

  ExecutionProgress started(Instant now) {
    return new ExecutionProgress(ExecutionStatus.RUNNING, now, null, null);
  }

  ExecutionProgress with(ExecutionStatus changed) {
    return new ExecutionProgress(changed, startedAt, null, null);
  }

  ExecutionProgress ended(ExecutionStatus end, Instant now, @Nullable String why) {
    return new ExecutionProgress(end, startedAt, now, why);
  }
}

package dev.anton.stack.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be told from a later one with the same pid.
 *
 * @param command the path of the program
 */
public record ProcessIdentity(long pid, Instant startedAt, String command) {

  /** The system counts from its boot, and that moment shifts when the clock is set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Empty if the process has ended or is not ours to look at. */
  public static Optional<ProcessIdentity> of(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.startInstant()
        .map(start -> new ProcessIdentity(process.pid(), start, info.command().orElse("")));
  }

  /** The process if it still runs; empty if it ended, whoever has its pid now. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
  }

  private boolean isSame(ProcessHandle candidate) {
    return of(candidate)
        .filter(now -> Duration.between(startedAt, now.startedAt).abs().compareTo(TOLERANCE) < 0)
        .filter(now -> now.command.isEmpty() || command.isEmpty() || now.command.equals(command))
        .isPresent();
  }
}

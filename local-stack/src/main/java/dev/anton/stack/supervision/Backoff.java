package dev.anton.stack.supervision;

import java.time.Duration;

/**
 * The pause before the next start of something that died: the initial one, doubled with each death
 * up to the longest, and the initial one again after it had been up long enough.
 */
public record Backoff(Duration initial, Duration longest, Duration longEnough) {

  /** Quick after a first accident, and no more than two starts a minute of what cannot run. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

  /** The previous pause is zero at the first death, else what this method answered then. */
  Duration next(Duration previous, Duration uptime) {
    if (previous.isZero() || uptime.compareTo(longEnough) >= 0) {
      return initial;
    }
    Duration doubled = previous.multipliedBy(2);
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }
}

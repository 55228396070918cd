package dev.anton.dispatcher.subscription;

import java.time.Duration;
import java.util.List;

/**
 * The delays between attempts, before jitter.
 *
 * @param delays the first is the wait after the first attempt; their number is how often a failed
 *     delivery is tried again
 */
public record RetrySchedule(List<Duration> delays) {

  /** 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: ten attempts over three days. */
  public static final RetrySchedule DEFAULT =
      new RetrySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)));

  public RetrySchedule {
    delays = List.copyOf(delays);
  }

  /** Attempts in all, the first included. */
  public int maxAttempts() {
    return delays.size() + 1;
  }
}

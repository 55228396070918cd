package dev.anton.executor.schedule;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Delays that double with each failure, each spread by up to a fifth to either side, so that what
 * failed together does not come back together.
 *
 * @param max no delay is longer, but for its jitter
 * @param random asked on whatever thread needs a delay
 */
public record Backoff(Duration max, Supplier<RandomGenerator> random) {

  private static final double JITTER = 0.2;

  /**
   * @param initial after the first failure
   * @param failures so far, at least 1
   */
  public Duration delay(Duration initial, int failures) {
    double doubled = (double) initial.toMillis() * Math.pow(2, failures - 1);
    double bounded = Math.min(doubled, (double) max.toMillis());
    return Duration.ofMillis(Math.round(bounded * random.get().nextDouble(1 - JITTER, 1 + JITTER)));
  }
}

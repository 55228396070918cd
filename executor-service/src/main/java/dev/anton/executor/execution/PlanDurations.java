package dev.anton.executor.execution;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/** Durations in plans: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}, or ISO-8601. */
public final class PlanDurations {

  /** No attempt and no pause between two takes longer. */
  public static final Duration MAX = Duration.ofHours(24);

  private PlanDurations() {}

  /**
   * @throws IllegalArgumentException if the text is no duration from zero to {@link #MAX}
   */
  public static Duration parse(String text) {
    Duration duration = DurationStyle.detectAndParse(text);
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("A duration is at most 24 hours");
    }
    return duration;
  }
}

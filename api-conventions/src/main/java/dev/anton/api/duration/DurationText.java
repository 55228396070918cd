package dev.anton.api.duration;

import dev.anton.api.problem.ProblemException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 500ms}, {@code 5s}, {@code 5m}, {@code 2h} and {@code 1d}. */
public final class DurationText {

  /** Nine digits of days stay far from an overflow. */
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads one whole number with its unit.
   *
   * @param pointer where the text stands in the request, for the error
   * @param min the shortest that is accepted
   * @param max the longest that is accepted
   * @throws ProblemException with code {@code invalid-duration} if the text has another form or is
   *     out of bounds
   */
  public static Duration parse(String text, String pointer, Duration min, Duration max) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      Duration duration = of(Long.parseLong(matcher.group(1)), matcher.group(2));
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    throw ProblemException.badInput(
        "invalid-duration",
        pointer,
        "A duration from "
            + format(min)
            + " to "
            + format(max)
            + " is accepted here, as a whole number with ms, s, m, h or d");
  }

  /** The shortest text that {@link #parse} reads back, in the largest unit that fits. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}

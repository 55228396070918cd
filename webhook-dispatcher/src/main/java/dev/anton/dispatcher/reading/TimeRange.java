package dev.anton.dispatcher.reading;

import dev.anton.api.problem.ProblemException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From when and until when something was made; either end may be open.
 *
 * @param since inclusive
 * @param until exclusive
 */
public record TimeRange(@Nullable Instant since, @Nullable Instant until) {

  /**
   * @throws ProblemException if it ends before it begins, or lies outside of the calendar
   */
  public TimeRange {
    if (since != null && until != null && until.isBefore(since)) {
      throw ProblemException.badInput("invalid-time-range", "until", "until is not before since");
    }
    check("since", since);
    check("until", until);
  }

  /** The smallest id made at {@code since} or later, empty without one. */
  public String firstId(String prefix) {
    return since == null ? "" : bound(prefix, since);
  }

  /** The smallest id made at {@code until} or later; larger than all without one. */
  public String endId(String prefix) {
    return until == null ? prefix + "g" : bound(prefix, until);
  }

  /** An id begins with its time: the milliseconds, as 12 hex digits. */
  private static String bound(String prefix, Instant time) {
    return prefix + String.format(Locale.ROOT, "%012x", time.toEpochMilli());
  }

  private static void check(String name, @Nullable Instant time) {
    if (time != null
        && (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T23:59:59Z")))) {
      throw ProblemException.badInput(
          "invalid-time-range", name, name + " is a time from 1970 to 9999");
    }
  }
}

package dev.anton.dispatcher.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

  /**
   * What an endpoint may ask for at most: beyond, a typing error would park a delivery for good.
   */
  private static final Duration MAX = Duration.ofDays(2);

  private RetryAfter() {}

  /** The wait from now, at most two days; null if the text is neither form. */
  static @Nullable Duration parse(String value) {
    String text = value.trim();
    try {
      if (!text.isEmpty() && text.length() <= 10 && text.chars().allMatch(Character::isDigit)) {
        return bounded(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return bounded(Duration.between(Instant.now(), date));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MAX) > 0 ? MAX : wait;
  }
}

package dev.anton.schemas.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * ISO-8601 in UTC with exactly three digits of milliseconds, the only form in which times leave.
 */
public final class Timestamps {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Digits below the millisecond are cut, not rounded. */
  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }

  /**
   * Reads any ISO-8601 time that carries an offset.
   *
   * @throws java.time.format.DateTimeParseException if the text is no such time
   */
  public static Instant parse(String text) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
  }
}

package dev.anton.executor.job;

import dev.anton.api.problem.FieldError;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** Reads a job's {@code timeout}: a number of milliseconds, {@code 30s}-like or ISO-8601. */
final class JobTimeout {

  private static final Duration MIN = Duration.ofMillis(1);

  /** A job is no service: what takes longer is cut into several. */
  private static final Duration MAX = Duration.ofHours(24);

  private static final FieldError ERROR =
      new FieldError(
          "/timeout",
          "timeout is a duration such as \"30s\", \"5m\" or \"PT1H\", or a number of milliseconds,"
              + " from 1 ms to 24 h");

  private JobTimeout() {}

  static Duration read(JsonNode value, Duration absent, List<FieldError> errors) {
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    try {
      Duration timeout = parse(value);
      if (timeout.compareTo(MIN) >= 0 && timeout.compareTo(MAX) <= 0) {
        return timeout;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Falls through to the same sentence as a duration out of bounds.
    }
    errors.add(ERROR);
    return absent;
  }

  private static Duration parse(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Duration.ofMillis(value.asLong());
    }
    if (value.isString()) {
      return DurationStyle.detectAndParse(value.asString());
    }
    throw new IllegalArgumentException("no duration");
  }
}

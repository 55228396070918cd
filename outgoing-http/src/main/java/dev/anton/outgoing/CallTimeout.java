package dev.anton.outgoing;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How long a call may take: {@code 500ms}, {@code 30s}, {@code 2m}, or milliseconds. */
final class CallTimeout {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m)");
  private static final Duration DEFAULT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private CallTimeout() {}

  static Duration read(JsonNode json) throws IllegalCallException {
    if (json.isMissingNode()) {
      return DEFAULT;
    }
    Duration timeout = Duration.ZERO;
    if (json.isInt()) {
      timeout = Duration.ofMillis(json.intValue());
    } else if (json.isString()) {
      Matcher matcher = TEXT.matcher(json.stringValue());
      if (matcher.matches()) {
        long number = Long.parseLong(matcher.group(1));
        timeout =
            switch (matcher.group(2)) {
              case "ms" -> Duration.ofMillis(number);
              case "s" -> Duration.ofSeconds(number);
              default -> Duration.ofMinutes(number);
            };
      }
    }
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalCallException(
          "timeout is 500ms, 30s or 2m, say, or milliseconds; at most 10m");
    }
    return timeout;
  }
}

package dev.anton.dispatcher.subscription;

import dev.anton.api.duration.DurationText;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.body.BodyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The two forms of a retry schedule: the delays themselves, or how they grow. */
final class RetryRules {

  private static final String FIELD = "retry";
  private static final String INVALID = "invalid-retry";
  private static final List<String> FIELDS =
      List.of("schedule", "maxAttempts", "initialDelay", "multiplier", "maxDelay");

  /** Attempts in all; with the longest delays that is most of a year. */
  static final int MAX_ATTEMPTS = 50;

  /** Shorter ones only add to what made the endpoint fail. */
  static final Duration MIN_DELAY = Duration.ofSeconds(1);

  /** Longer ones outlive what the event log keeps after a few attempts. */
  static final Duration MAX_DELAY = Duration.ofDays(7);

  private static final Duration DEFAULT_INITIAL_DELAY = Duration.ofSeconds(5);
  private static final Duration DEFAULT_MAX_DELAY = Duration.ofDays(1);
  private static final double DEFAULT_MULTIPLIER = 2;
  private static final double MAX_MULTIPLIER = 100;

  private RetryRules() {}

  /** The field {@code retry}; the default schedule if absent or refused. */
  static RetrySchedule read(BodyReader body) {
    BodyReader retry = body.object(FIELD, FIELDS);
    if (retry == null) {
      return RetrySchedule.DEFAULT;
    }
    boolean grows = FIELDS.stream().skip(1).anyMatch(retry::has);
    if (retry.has("schedule") == grows) {
      body.refuse(
          INVALID,
          FIELD,
          "retry is either {\"schedule\": [\"5s\", \"5m\"]} or {\"maxAttempts\": 5,"
              + " \"initialDelay\": \"5s\", \"multiplier\": 2, \"maxDelay\": \"1h\"}");
      return RetrySchedule.DEFAULT;
    }
    return grows ? growing(retry) : listed(retry);
  }

  private static RetrySchedule listed(BodyReader retry) {
    List<String> texts = retry.texts("schedule", MAX_ATTEMPTS - 1, 20);
    List<Duration> delays = new ArrayList<>();
    if (texts != null) {
      for (int i = 0; i < texts.size(); i++) {
        Duration delay = parse(texts.get(i), retry, "schedule", "/" + i);
        if (delay != null) {
          delays.add(delay);
        }
      }
    }
    return new RetrySchedule(delays);
  }

  private static RetrySchedule growing(BodyReader retry) {
    if (retry.node("maxAttempts") == null) {
      retry.refuse(
          INVALID,
          "maxAttempts",
          "maxAttempts is required: a whole number from 1 to " + MAX_ATTEMPTS);
    }
    Integer maxAttempts = retry.integer("maxAttempts", 1, MAX_ATTEMPTS);
    Duration initial = delay(retry, "initialDelay", DEFAULT_INITIAL_DELAY);
    Duration longest = delay(retry, "maxDelay", DEFAULT_MAX_DELAY);
    double multiplier = multiplier(retry);
    List<Duration> delays = new ArrayList<>();
    double millis = (double) initial.toMillis();
    for (int attempt = 1; maxAttempts != null && attempt < maxAttempts; attempt++) {
      delays.add(Duration.ofMillis(Math.round(Math.min(millis, (double) longest.toMillis()))));
      millis *= multiplier;
    }
    return new RetrySchedule(delays);
  }

  private static double multiplier(BodyReader retry) {
    JsonNode value = retry.node("multiplier");
    if (value == null) {
      return DEFAULT_MULTIPLIER;
    }
    if (!value.isNumber() || value.doubleValue() < 1 || value.doubleValue() > MAX_MULTIPLIER) {
      retry.refuse(INVALID, "multiplier", "multiplier is a number from 1 to 100");
      return DEFAULT_MULTIPLIER;
    }
    return value.doubleValue();
  }

  private static Duration delay(BodyReader retry, String field, Duration fallback) {
    String text = retry.text(field, 20);
    Duration delay = text == null ? null : parse(text, retry, field, "");
    return delay == null ? fallback : delay;
  }

  private static @Nullable Duration parse(
      String text, BodyReader retry, String field, String inside) {
    try {
      return DurationText.parse(text, field, MIN_DELAY, MAX_DELAY);
    } catch (ProblemException e) {
      retry.refuseAt(INVALID, field, inside, e.detail());
      return null;
    }
  }
}

package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.subscription.EventSelection;
import dev.anton.schemas.id.Tenant;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads what clients ask to be replayed. */
@Component
class ReplayOrders {

  private static final String INVALID = "invalid-time-range";
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final int MAX_REASON = 200;
  private static final int MAX_ID = 100;

  private final EventSelection events;
  private final ReplaySettings settings;
  private final Clock clock;

  ReplayOrders(EventSelection events, ReplaySettings settings, Clock clock) {
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * For one webhook.
   *
   * @throws dev.anton.api.problem.ProblemException if it cannot be accepted
   */
  ReplayOrder ofWebhook(Tenant tenant, String webhookId, JsonNode json) {
    BodyReader body =
        BodyReader.of(json, List.of("since", "until", "events", "status", "maxRatePerSecond"));
    Range range = range(body);
    if (body.node("since") == null) {
      body.refuse(INVALID, "since", "since is required: a time such as 2026-01-31T12:00:00Z");
    }
    List<String> types = body.node("events") == null ? null : events.read(body, tenant);
    ReplaySelection selection = ReplaySelection.read(body);
    int rate = rate(body);
    body.check();
    return new ReplayOrder(
        tenant, webhookId, selection, range.since(), range.until(), types, null, rate);
  }

  /**
   * For dead letters.
   *
   * @throws dev.anton.api.problem.ProblemException if it cannot be accepted
   */
  ReplayOrder ofDeadLetters(Tenant tenant, JsonNode json) {
    BodyReader body =
        BodyReader.of(json, List.of("webhookId", "since", "until", "reason", "maxRatePerSecond"));
    Range range = range(body);
    String webhookId = body.text("webhookId", MAX_ID);
    String reason = body.text("reason", MAX_REASON);
    int rate = rate(body);
    body.check();
    return new ReplayOrder(
        tenant,
        webhookId,
        ReplaySelection.DEAD_LETTERS,
        range.since(),
        range.until(),
        null,
        reason,
        rate);
  }

  private record Range(@Nullable Instant since, Instant until) {}

  private Range range(BodyReader body) {
    Instant now = clock.instant();
    Instant since = time(body, "since");
    Instant asked = time(body, "until");
    // What comes later is not replayed: it has yet to be delivered.
    Instant until = asked == null || asked.isAfter(now) ? now : asked;
    if (since != null && !since.isBefore(until)) {
      body.refuse(
          INVALID, asked == null ? "since" : "until", "since is before until, and before now");
    }
    return new Range(since, until);
  }

  private int rate(BodyReader body) {
    Integer rate = body.integer("maxRatePerSecond", 1, settings.maxRate());
    return Objects.requireNonNullElse(rate, settings.rate());
  }

  private static @Nullable Instant time(BodyReader body, String field) {
    String text = body.text(field, 40);
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // The same sentence as for a time out of bounds.
    }
    body.refuse(
        INVALID, field, field + " is a time from 1970 to 9999, such as 2026-01-31T12:00:00Z");
    return null;
  }
}

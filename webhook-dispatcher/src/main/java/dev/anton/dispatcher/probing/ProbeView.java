package dev.anton.dispatcher.probing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.kafka.EventRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a test delivery.
 *
 * @param delivered whether the endpoint answered with 2xx
 */
@Schema(name = "WebhookTestResult")
record ProbeView(
    String webhookId, String url, EventReference event, boolean delivered, AttemptView attempt) {

  /** The event that was sent; its id was the {@code webhook-id}. */
  @Schema(name = "WebhookTestEvent")
  record EventReference(String id, String type, Instant timestamp) {}

  /**
   * The attempt.
   *
   * @param durationMs with three digits of microseconds
   * @param outcome {@code delivered}, {@code refused}, {@code timed_out}, {@code connection_failed}
   *     or {@code address_refused}
   * @param httpStatus absent if no answer came
   * @param error why it failed, absent if it did not
   * @param response the first bytes of the answer
   */
  @Schema(name = "WebhookTestAttempt")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AttemptView(
      Instant startedAt,
      double durationMs,
      String outcome,
      @Nullable Integer httpStatus,
      @Nullable String error,
      @Nullable String response) {}

  static ProbeView of(Subscription subscription, EventRecord event, Attempt attempt) {
    Outcome outcome = attempt.outcome();
    return new ProbeView(
        subscription.id(),
        subscription.url().toString(),
        new EventReference(event.id(), event.type(), event.time()),
        outcome instanceof Outcome.Delivered,
        new AttemptView(
            attempt.at(),
            Math.round(attempt.duration().toNanos() / 1_000.0) / 1_000.0,
            outcome.name(),
            outcome.httpStatus(),
            outcome.error(),
            outcome.answer()));
  }
}

package dev.anton.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What happens to a webhook subscription itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface WebhookEvent extends EventData {

  String webhookId();

  String url();

  @EventName(value = "webhook.test", description = "A test delivery that a client asked for.")
  record Test(String webhookId, String url, String message) implements WebhookEvent {}

  @EventName(
      value = "webhook.disabled",
      description = "A subscription was disabled because its endpoint is gone or kept failing.")
  record Disabled(String webhookId, String url, String reason) implements WebhookEvent {}

  /**
   * @param eventId the event that could not be delivered; with several, the last
   * @param count deliveries to the webhook that used up their attempts since the last such event
   * @param since when the first of them did, ISO-8601
   */
  @EventName(
      value = "webhook.exhausted",
      description =
          "Deliveries used up their attempts and went to the dead letters: the first at once, those"
              + " that follow within ten minutes in one event.")
  record Exhausted(
      String webhookId,
      String url,
      String reason,
      String eventId,
      String deliveryId,
      @Nullable String deadLetterId,
      int count,
      String since)
      implements WebhookEvent {}

  @EventName(
      value = "webhook.recovered",
      description = "An endpoint that had been failing accepts deliveries again.")
  record Recovered(String webhookId, String url, String reason) implements WebhookEvent {}
}

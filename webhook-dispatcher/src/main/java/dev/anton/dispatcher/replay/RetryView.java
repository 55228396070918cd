package dev.anton.dispatcher.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.dispatcher.reading.DeliveryStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a request for another attempt started.
 *
 * @param deliveryId the delivery that is attempted now; read its outcome there
 * @param retryOf the finished one that was asked for; absent if it was on its way and only its next
 *     attempt was brought forward
 * @param replayId what the new delivery can be told from the old one by; the event's id, which is
 *     the {@code webhook-id}, stays the same
 */
@Schema(name = "DeliveryRetry")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RetryView(
    String deliveryId,
    String webhookId,
    String eventId,
    String status,
    @Nullable String retryOf,
    @Nullable String replayId) {

  static RetryView hurried(PastDelivery delivery) {
    return new RetryView(
        delivery.id(),
        delivery.subscriptionId(),
        delivery.eventId(),
        delivery.status().wireName(),
        null,
        null);
  }

  static RetryView again(PastDelivery past, String deliveryId, String replayId) {
    return new RetryView(
        deliveryId,
        past.subscriptionId(),
        past.eventId(),
        DeliveryStatus.PENDING.wireName(),
        past.id(),
        replayId);
  }
}

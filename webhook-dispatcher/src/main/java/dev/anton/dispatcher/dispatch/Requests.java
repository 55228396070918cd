package dev.anton.dispatcher.dispatch;

import dev.anton.api.tracing.TraceHeader;
import dev.anton.dispatcher.http.WebhookRequest;
import dev.anton.dispatcher.payload.Payload;
import dev.anton.dispatcher.payload.Payloads;
import dev.anton.dispatcher.signature.Signatures;
import dev.anton.dispatcher.subscription.SigningKeys;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.time.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders, signs and addresses an attempt: all that goes over the wire is put together here. */
final class Requests {

  static final String USER_AGENT = "Anton-Webhooks/1.0";

  private Requests() {}

  /**
   * One attempt's request.
   *
   * @param attempt from 1
   * @param now goes out as {@code webhook-timestamp}
   */
  static WebhookRequest of(
      EventRecord event, Subscription subscription, String deliveryId, int attempt, Instant now) {
    Payload payload = Payloads.render(event, subscription.format());
    long unixSeconds = now.getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", payload.contentType());
    headers.put("User-Agent", USER_AGENT);
    headers.put("X-Anton-Event", event.type());
    headers.put("X-Anton-Timestamp", Timestamps.format(event.time()));
    headers.put("X-Anton-Delivery", deliveryId);
    headers.put("X-Anton-Attempt", Integer.toString(attempt));
    headers.put("webhook-id", event.id());
    headers.put("webhook-timestamp", Long.toString(unixSeconds));
    SigningKeys keys = subscription.keys();
    if (keys != null) {
      sign(headers, Signatures.of(keys, event.id(), unixSeconds, payload.body()));
    }
    String traceparent = TraceHeader.checked(event.traceparent());
    if (traceparent != null) {
      headers.put(TraceHeader.NAME, traceparent);
    }
    headers.putAll(payload.headers());
    subscription.headers().forEach(headers::putIfAbsent);
    return new WebhookRequest(subscription.url(), headers, payload.body());
  }

  private static void sign(Map<String, String> headers, Signatures signatures) {
    String hex = signatures.hex();
    if (hex != null) {
      headers.put("X-Anton-Signature", hex);
    }
    String next = signatures.nextHex();
    if (next != null) {
      headers.put("X-Anton-Signature-Next", next);
    }
    headers.put("webhook-signature", signatures.standard());
  }
}

package dev.anton.bench.client;

import java.util.Map;

/** As many and as long as those of a webhook. */
final class RequestHeaders {

  static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("Content-Type", "application/json"),
          Map.entry("User-Agent", "Anton-Webhooks/1.0"),
          Map.entry("X-Anton-Event", "bench.event.n42"),
          Map.entry("X-Anton-Timestamp", "2026-01-01T00:00:00.000Z"),
          Map.entry("X-Anton-Delivery", "dlv_0198e5d5c0de7000800000000000dead"),
          Map.entry("X-Anton-Attempt", "1"),
          Map.entry("webhook-id", "evt_0198e5d5c0de7000800000000000dead"),
          Map.entry("webhook-timestamp", "1767225600"),
          Map.entry("X-Anton-Signature", "0123456789abcdef".repeat(4)),
          Map.entry("webhook-signature", "v1," + "0123456789a".repeat(4)));

  private RequestHeaders() {}
}

package dev.anton.dispatcher.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.dispatcher.subscription.RetrySchedule;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Subscriptions and events for the index's tests. */
final class Subscriptions {

  private static final URI URL = URI.create("http://receiver.example/hook");

  private Subscriptions() {}

  static Subscription subscription(String id, String... events) {
    return subscription(id, 1, events);
  }

  static Subscription subscription(String id, long version, String... events) {
    return subscription(id, Tenant.DEFAULT, null, version, List.of(events));
  }

  static Subscription bound(String id, String subject, String... events) {
    return subscription(id, Tenant.DEFAULT, subject, 1, List.of(events));
  }

  static Subscription subscription(
      String id, Tenant tenant, String subject, long version, List<String> events) {
    return new Subscription(
        id,
        tenant,
        URL,
        events,
        subject,
        SubscriptionStatus.ACTIVE,
        PayloadFormat.ANTON,
        null,
        Map.of(),
        null,
        false,
        null,
        RetrySchedule.DEFAULT,
        version);
  }

  static EventRecord event(String type, String subject, Tenant tenant) {
    return new EventRecord(
        "evt_1",
        type,
        "/test",
        Instant.EPOCH,
        subject,
        tenant,
        subject,
        null,
        null,
        "{}".getBytes(UTF_8));
  }
}

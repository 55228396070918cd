package dev.anton.dispatcher.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.WebhookEvent;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.time.Timestamps;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The records that a dead letter makes. */
final class DeadLetterRecords {

  private static final String SOURCE = "/webhook-dispatcher";

  private DeadLetterRecords() {}

  /** The original record and why it lies here. */
  static ProducerRecord<byte[], byte[]> letter(
      Delivery delivery, String id, String reason, Instant now) {
    InboundEvent inbound = delivery.inbound();
    Headers headers = new RecordHeaders(inbound.headers());
    add(headers, DeadLetterHeaders.ID, id);
    add(headers, DeadLetterHeaders.REASON, reason);
    add(headers, DeadLetterHeaders.TIME, Timestamps.format(now));
    add(headers, DeadLetterHeaders.ATTEMPTS, Integer.toString(delivery.attemptsUsed()));
    add(headers, DeadLetterHeaders.SUBSCRIPTION, delivery.subscriptionId());
    add(headers, DeadLetterHeaders.DELIVERY, delivery.id());
    add(headers, DeadLetterHeaders.TOPIC, inbound.position().topic());
    add(headers, DeadLetterHeaders.PARTITION, Integer.toString(inbound.position().partition()));
    add(headers, DeadLetterHeaders.OFFSET, Long.toString(inbound.position().offset()));
    return new ProducerRecord<>(
        Topics.DEAD_LETTER, null, inbound.rawKey(), inbound.event().data(), headers);
  }

  /**
   * The event that tells of it. Its id is the dead letter's in another form, so that telling twice
   * is seen as telling once.
   */
  static ProducerRecord<byte[], byte[]> exhausted(
      Delivery delivery, String id, String reason, String url, Instant now) {
    WebhookEvent.Exhausted data =
        new WebhookEvent.Exhausted(
            delivery.subscriptionId(),
            url,
            reason,
            delivery.inbound().event().id(),
            delivery.id(),
            id);
    Tenant tenant = delivery.inbound().event().tenant();
    ProducerRecord<String, byte[]> record =
        CloudEventHeaders.toRecord(
            Topics.LIFECYCLE_EVENTS,
            new EventRecord(
                "evt_" + id.substring(id.indexOf('_') + 1),
                EventTypes.nameOf(data),
                SOURCE,
                now,
                delivery.subscriptionId(),
                tenant,
                delivery.subscriptionId(),
                null,
                null,
                WireJson.write(data)));
    return new ProducerRecord<>(
        record.topic(), null, record.key().getBytes(UTF_8), record.value(), record.headers());
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}

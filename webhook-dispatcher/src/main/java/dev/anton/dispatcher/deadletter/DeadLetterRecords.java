package dev.anton.dispatcher.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.time.Timestamps;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The record that a dead letter makes. */
final class DeadLetterRecords {

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

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}

package dev.anton.dispatcher.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes events of one tenant as a producer would. */
final class TestEvents {

  static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final KafkaBackend kafka;
  private final Tenant tenant;

  TestEvents(KafkaBackend kafka, Tenant tenant) {
    this.kafka = kafka;
    this.tenant = tenant;
  }

  /** A tenant that no other test has. */
  static Tenant freshTenant() {
    return new Tenant(Ids.next("t"));
  }

  EventRecord event(String type, String key, String data) {
    return new EventRecord(
        Ids.event(),
        type,
        "/test",
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        key,
        tenant,
        key,
        null,
        TRACEPARENT,
        data.getBytes(UTF_8));
  }

  EventRecord publish(String type, String key, String data) {
    EventRecord event = event(type, key, data);
    send(event);
    return event;
  }

  RecordMetadata send(EventRecord event) {
    return kafka.send(record(event));
  }

  static ProducerRecord<String, byte[]> record(EventRecord event) {
    String topic =
        dev.anton.schemas.event.EventTypes.hasReservedPrefix(event.type())
            ? Topics.LIFECYCLE_EVENTS
            : Topics.CUSTOM_EVENTS;
    return CloudEventHeaders.toRecord(topic, event);
  }
}

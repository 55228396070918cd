package dev.anton.dispatcher.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records that are no events are put aside, and their partition goes on. */
@EngineTest
class UndecodableTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Tenant tenant = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final MeterRegistry meters;
  private final JournalView journal;

  @Autowired
  UndecodableTest(TestSubscriptions subscriptions, MeterRegistry meters, JdbcClient jdbc) {
    this.subscriptions = subscriptions;
    this.meters = meters;
    this.journal = new JournalView(jdbc);
  }

  static Stream<Arguments> records() {
    return Stream.of(
        broken("not JSON", value("{\"a\":")),
        broken("not one JSON value but 2", value("{} {}")),
        broken("not one JSON value but 0", value(" ")),
        broken("not JSON in UTF-8", value("\uFEFF{}")),
        broken("nested too deep", value("[".repeat(200) + "]".repeat(200))),
        broken("more than 262144 bytes", value("\"" + "x".repeat(300_000) + "\"")),
        broken("no value", record -> copy(record, null)),
        broken("ce_type", header("ce_type", null)),
        broken("ce_tenant", header("ce_tenant", "NOT A TENANT")),
        broken("ce_id", header("ce_id", "a b")),
        broken("ce_time", header("ce_time", "-0500-01-01T00:00:00Z")),
        broken("Built-in types do not count", header("ce_type", "plan.step")));
  }

  @ParameterizedTest
  @MethodSource("records")
  void goesToItsTopicWithTheReasonAndItsPartitionGoesOn(
      String reason, UnaryOperator<ProducerRecord<String, byte[]>> breaking, KafkaBackend kafka) {
    String key = UUID.randomUUID().toString();
    TestEvents events = new TestEvents(kafka, tenant);
    try (TestReceiver receiver = new TestReceiver();
        TopicRecording aside = kafka.record(Topics.UNDECODABLE)) {
      Subscription subscription = subscriptions.add(tenant, receiver.url("/"), "order.paid");
      double before = meters.get("anton.undecodable").counter().count();
      ProducerRecord<String, byte[]> record =
          breaking.apply(TestEvents.record(events.event("order.paid", key, "{}")));

      RecordMetadata place = kafka.send(record);
      EventRecord next = events.publish("order.paid", key, "{}");

      journal.awaitStatus("delivered", next.id(), subscription.id());
      await().atMost(PATIENCE).until(() -> aside.recordsOf(key).size() == 1);
      ConsumerRecord<String, byte[]> put = aside.recordsOf(key).getFirst();
      assertThat(put.value()).isEqualTo(record.value());
      for (Header original : record.headers()) {
        assertThat(put.headers().lastHeader(original.key()).value()).isEqualTo(original.value());
      }
      assertThat(header(put, "undecodable_reason")).contains(reason);
      assertThat(header(put, "undecodable_topic")).isEqualTo(Topics.CUSTOM_EVENTS);
      assertThat(header(put, "undecodable_partition")).isEqualTo("" + place.partition());
      assertThat(header(put, "undecodable_offset")).isEqualTo("" + place.offset());
      assertThat(meters.get("anton.undecodable").counter().count()).isGreaterThan(before);
      assertThat(receiver.requests("/")).hasSize(1);
    }
  }

  static Stream<Arguments> largeRecords() {
    return Stream.of(
        broken("of the value", record -> copy(record, new byte[roomIn(record)])),
        broken(
            "a header of",
            record -> {
              record.headers().remove("ce_type").add("x-large", new byte[roomIn(record) - 20]);
              return record;
            }));
  }

  @ParameterizedTest
  @MethodSource("largeRecords")
  void whatIsTooLargeWithOurHeadersIsPutAsideInPartAndItsPartitionGoesOn(
      String clipped, UnaryOperator<ProducerRecord<String, byte[]>> breaking, KafkaBackend kafka) {
    String key = UUID.randomUUID().toString();
    TestEvents events = new TestEvents(kafka, tenant);
    try (TestReceiver receiver = new TestReceiver();
        TopicRecording aside = kafka.record(Topics.UNDECODABLE)) {
      Subscription subscription = subscriptions.add(tenant, receiver.url("/"), "order.paid");

      kafka.send(breaking.apply(TestEvents.record(events.event("order.paid", key, "{}"))));
      EventRecord next = events.publish("order.paid", key, "{}");

      journal.awaitStatus("delivered", next.id(), subscription.id());
      await().atMost(PATIENCE).until(() -> aside.recordsOf(key).size() == 1);
      ConsumerRecord<String, byte[]> put = aside.recordsOf(key).getFirst();
      assertThat(header(put, "anton_clipped")).contains(clipped);
      assertThat(header(put, "undecodable_reason")).isNotEmpty();
      assertThat(header(put, "ce_id")).isNotEmpty();
    }
  }

  @Test
  void aTypeOfAnotherTeamDoesNotCountOnTheLifecycleTopic(KafkaBackend kafka) {
    EventRecord event = new TestEvents(kafka, tenant).event("order.paid", "k", "{}");
    try (TopicRecording aside = kafka.record(Topics.UNDECODABLE)) {
      kafka.send(CloudEventHeaders.toRecord(Topics.LIFECYCLE_EVENTS, event));

      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  aside.records(it -> header(it, CloudEventHeaders.ID).equals(event.id())).size()
                      == 1);
    }
  }

  /** What can be added before a producer refuses it, but for some bytes. */
  private static int roomIn(ProducerRecord<String, byte[]> record) {
    int size =
        AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            Compression.NONE.type(),
            record.key().getBytes(UTF_8),
            record.value(),
            record.headers().toArray());
    return 1024 * 1024 - 50 - size;
  }

  private static Arguments broken(
      String reason, UnaryOperator<ProducerRecord<String, byte[]>> breaking) {
    return Arguments.of(reason, breaking);
  }

  private static UnaryOperator<ProducerRecord<String, byte[]>> value(String value) {
    return record -> copy(record, value.getBytes(UTF_8));
  }

  private static ProducerRecord<String, byte[]> copy(
      ProducerRecord<String, byte[]> record, byte[] value) {
    return new ProducerRecord<>(record.topic(), null, record.key(), value, record.headers());
  }

  private static UnaryOperator<ProducerRecord<String, byte[]>> header(String name, String value) {
    return record -> {
      record.headers().remove(name);
      if (value != null) {
        record.headers().add(name, value.getBytes(UTF_8));
      }
      return record;
    };
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}

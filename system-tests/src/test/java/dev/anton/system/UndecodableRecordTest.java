package dev.anton.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record that cannot be read is put apart with the reason, and its partition goes on. */
@StackTest
class UndecodableRecordTest {

  private final Receiver receiver = new Receiver();
  private final GatewayClient gateway;
  private final EventLog log;
  private final String bootstrapServers;

  UndecodableRecordTest(RunningStack stack) {
    this.gateway = stack.gateway();
    this.bootstrapServers = stack.bootstrapServers();
    this.log = new EventLog(bootstrapServers);
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
    log.close();
  }

  @Test
  void aServiceThatKnowsOnlyKafkaIsDeliveredAndWhatItGarblesIsPutApart() throws Exception {
    assertThat(
            gateway
                .post(
                    "/api/event-types",
                    "{\"name\":\"order.paid\",\"description\":\"An order was paid\"}")
                .status())
        .isEqualTo(201);
    assertThat(
            gateway
                .post(
                    "/api/webhooks/register",
                    "{\"url\":\"%s\",\"events\":[\"order.paid\"]}".formatted(receiver.url("/x")))
                .status())
        .isEqualTo(201);
    String key = "order-" + Ids.event();

    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.CUSTOM_EVENTS, key, "no headers".getBytes(UTF_8)))
          .get();
      producer.send(order(key, "{\"broken\": ")).get();
      producer.send(order(key, "{\"amount\": 12}")).get();
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> !receiver.received().isEmpty());
    assertThat(receiver.received().getFirst().payload().path("amount").asInt()).isEqualTo(12);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(log.records(Topics.UNDECODABLE))
                    .filteredOn(record -> key.equals(record.key()))
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.headers()).isNotEmpty()));
  }

  @Test
  void whatIsPublishedOverHttpArrivesToo() {
    gateway.post(
        "/api/event-types", "{\"name\":\"parcel.sent\",\"description\":\"A parcel was sent\"}");
    gateway.post(
        "/api/webhooks/register",
        "{\"url\":\"%s\",\"events\":[\"parcel.sent\"]}".formatted(receiver.url("/y")));

    assertThat(
            gateway
                .post("/api/events", "{\"type\":\"parcel.sent\",\"data\":{\"weight\":3}}")
                .status())
        .isEqualTo(202);

    await().atMost(Duration.ofSeconds(30)).until(() -> !receiver.received().isEmpty());
    assertThat(receiver.received().getFirst().event()).isEqualTo("parcel.sent");
    assertThat(receiver.received().getFirst().payload().toString()).isEqualTo("{\"weight\":3}");
  }

  private static ProducerRecord<String, byte[]> order(String key, String data) {
    return CloudEventHeaders.toRecord(
        Topics.CUSTOM_EVENTS,
        new EventRecord(
            Ids.event(),
            "order.paid",
            "/shop",
            Instant.now(),
            null,
            Tenant.DEFAULT,
            key,
            null,
            null,
            data.getBytes(UTF_8)));
  }
}

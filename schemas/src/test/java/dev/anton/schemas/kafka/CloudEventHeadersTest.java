package dev.anton.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.schemas.id.Tenant;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventHeadersTest {

  private static final EventRecord EVENT =
      new EventRecord(
          "evt_1",
          "plan.step",
          "/planner-service",
          Instant.parse("2026-01-02T03:04:05.678Z"),
          "ses_1",
          new Tenant("acme"),
          "ses_1",
          7L,
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "{\"a\":1}".getBytes(UTF_8));

  @Test
  void anEventSurvivesTheWayThroughARecord() throws Exception {
    EventRecord read =
        CloudEventHeaders.fromRecord(consumed(CloudEventHeaders.toRecord("t", EVENT)));

    assertThat(read).usingRecursiveComparison().isEqualTo(EVENT);
  }

  @Test
  void absentAttributesStayAbsent() throws Exception {
    EventRecord event =
        new EventRecord(
            "evt_1",
            "order.paid",
            "/x",
            EVENT.time(),
            null,
            Tenant.DEFAULT,
            null,
            null,
            null,
            EVENT.data());

    ProducerRecord<String, byte[]> record = CloudEventHeaders.toRecord("t", event);

    assertThat(record.headers().lastHeader(CloudEventHeaders.SEQUENCE)).isNull();
    assertThat(CloudEventHeaders.fromRecord(consumed(record)))
        .usingRecursiveComparison()
        .isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_type", "ce_source", "ce_time", "ce_tenant"})
  void aMissingAttributeIsNamed(String header) {
    ProducerRecord<String, byte[]> record = CloudEventHeaders.toRecord("t", EVENT);
    record.headers().remove(header);

    assertThatThrownBy(() -> CloudEventHeaders.fromRecord(consumed(record)))
        .isInstanceOf(UndecodableEventException.class)
        .hasMessageContaining(header);
  }

  @ParameterizedTest
  @CsvSource({"ce_time,yesterday", "ce_sequence,many", "ce_tenant,NOT A TENANT"})
  void anAttributeOfTheWrongFormIsNamed(String header, String value) {
    ProducerRecord<String, byte[]> record = CloudEventHeaders.toRecord("t", EVENT);
    record.headers().remove(header).add(header, value.getBytes(UTF_8));

    assertThatThrownBy(() -> CloudEventHeaders.fromRecord(consumed(record)))
        .isInstanceOf(UndecodableEventException.class)
        .hasMessageContaining(header);
  }

  @Test
  void headersThatAreNotTextOrTooLongAreRefused() {
    ProducerRecord<String, byte[]> binary = CloudEventHeaders.toRecord("t", EVENT);
    binary.headers().remove("ce_type").add("ce_type", new byte[] {(byte) 0xff, 0});
    ProducerRecord<String, byte[]> huge = CloudEventHeaders.toRecord("t", EVENT);
    huge.headers().remove("ce_type").add("ce_type", "x".repeat(2000).getBytes(UTF_8));
    ProducerRecord<String, byte[]> split = CloudEventHeaders.toRecord("t", EVENT);
    split.headers().remove("ce_type").add("ce_type", "a\r\nX-Evil: b".getBytes(UTF_8));

    for (ProducerRecord<String, byte[]> record : java.util.List.of(binary, huge, split)) {
      assertThatThrownBy(() -> CloudEventHeaders.fromRecord(consumed(record)))
          .isInstanceOf(UndecodableEventException.class)
          .hasMessageContaining("ce_type");
    }
  }

  private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record) {
    ConsumerRecord<String, byte[]> consumed =
        new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
    record.headers().forEach(consumed.headers()::add);
    return consumed;
  }
}

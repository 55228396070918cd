package dev.anton.dispatcher.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.generators.SourceDSL;

class ClippingTest {

  private static final int LIMIT = 16_000;
  private static final Clipping CLIPPING = new Clipping("undecodable_", true);

  @Test
  void whateverIsLargeItFitsAndKeepsWhatWeSayAndWhatTheEventIs() {
    QuickTheory.qt()
        .withFixedSeed(20_261_126)
        .forAll(
            SourceDSL.integers().between(0, 50_000),
            SourceDSL.integers().between(0, 50_000),
            SourceDSL.integers().between(0, 50_000),
            SourceDSL.integers().between(0, 200))
        .check(
            (key, value, header, headers) -> {
              ProducerRecord<byte[], byte[]> clipped =
                  CLIPPING.clip(record(key, value, header, headers), LIMIT);
              return size(clipped) <= LIMIT
                  && clipped.headers().lastHeader("undecodable_reason") != null
                  && clipped.headers().lastHeader("ce_id") != null
                  && clipped.headers().lastHeader(Clipping.HEADER) != null;
            });
  }

  @Test
  void saysWhatIsMissing() {
    ProducerRecord<byte[], byte[]> clipped = CLIPPING.clip(record(10, 40_000, 2_000, 0), LIMIT);

    assertThat(new String(clipped.headers().lastHeader(Clipping.HEADER).value(), UTF_8))
        .matches("a header of \\d+ bytes; all but the first \\d+ of 40000 bytes of the value");
    assertThat(clipped.key()).hasSize(10);
    assertThat(clipped.headers().lastHeader("x-large")).isNull();
  }

  @Test
  void aValueThatIsOfNoUseInPartIsLeftWhole() {
    ProducerRecord<byte[], byte[]> clipped =
        new Clipping("dead_letter_", false).clip(record(10, 40_000, 2_000, 0), LIMIT);

    assertThat(clipped.value()).hasSize(40_000);
  }

  private static ProducerRecord<byte[], byte[]> record(
      int key, int value, int header, int headers) {
    RecordHeaders all = new RecordHeaders();
    all.add("ce_id", "evt_1".getBytes(UTF_8));
    all.add("undecodable_reason", "The value is not JSON".getBytes(UTF_8));
    all.add("x-large", new byte[header]);
    for (int i = 0; i < headers; i++) {
      all.add("x-" + i, new byte[500]);
    }
    return new ProducerRecord<>("t", null, new byte[key], new byte[value], all);
  }

  /** As the producer reckons it. */
  private static int size(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        Compression.NONE.type(),
        record.key(),
        record.value(),
        record.headers().toArray());
  }
}

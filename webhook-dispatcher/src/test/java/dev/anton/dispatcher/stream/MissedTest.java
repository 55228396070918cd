package dev.anton.dispatcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MissedTest {

  private static final TopicPartition ONE = new TopicPartition("events", 1);
  private static final TopicPartition TWO = new TopicPartition("events", 2);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @Test
  void partitionsAreMergedByTimeAndEachStaysInOrder() throws IOException {
    Missed missed = new Missed(consumer, Map.of(ONE, 5L, TWO, 0L), Map.of(ONE, 8L, TWO, 3L));
    add(ONE, 5, 100);
    add(ONE, 6, 300);
    // Its producer's clock went back.
    add(ONE, 7, 150);
    add(ONE, 8, 310);
    add(TWO, 0, 50);
    add(TWO, 1, 200);
    add(TWO, 2, 400);

    assertThat(read(missed)).containsExactly("2@0", "1@5", "2@1", "1@6", "1@7", "2@2");
  }

  @Test
  void whatIsNotReadYetIsWaitedFor() throws IOException {
    Missed missed = new Missed(consumer, Map.of(ONE, 0L, TWO, 0L), Map.of(ONE, 1L, TWO, 1L));
    add(ONE, 0, 200);
    // The first poll brings nothing of the other partition, which is earlier.
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> add(TWO, 0, 100));

    assertThat(read(missed)).containsExactly("2@0", "1@0");
  }

  private static List<String> read(Missed missed) throws IOException {
    List<String> taken = new ArrayList<>();
    missed.read(
        new Missed.Reader() {
          @Override
          public void take(ConsumerRecord<byte[], byte[]> record) {
            taken.add(record.partition() + "@" + record.offset());
          }

          @Override
          public void idle() {}
        });
    return taken;
  }

  private void add(TopicPartition partition, long offset, long time) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            time,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.empty()));
  }
}

package dev.anton.dispatcher.eventlog;

import dev.anton.dispatcher.delivery.RecordPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads single records, all partitions side by side and each partition in order. */
final class PositionRead {

  /** A gap that is read through rather than sought over, which would fetch anew. */
  private static final int NEAR = 200;

  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, TreeSet<Long>> wanted = new HashMap<>();
  private final Map<RecordPosition, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();

  PositionRead(Consumer<byte[], byte[]> consumer, Collection<RecordPosition> positions) {
    this.consumer = consumer;
    for (RecordPosition position : positions) {
      wanted
          .computeIfAbsent(
              new TopicPartition(position.topic(), position.partition()), _ -> new TreeSet<>())
          .add(position.offset());
    }
  }

  /**
   * Reads what is there.
   *
   * @throws TimeoutException if that takes longer than it may
   */
  Map<RecordPosition, ConsumerRecord<byte[], byte[]>> run(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    dropMissingTopics(patience);
    consumer.assign(wanted.keySet());
    try {
      dropWhatLiesBeyondTheEnd(patience);
      wanted.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
      while (!wanted.isEmpty()) {
        take(consumer.poll(POLL));
        if (!wanted.isEmpty() && System.nanoTime() - deadline > 0) {
          throw new TimeoutException("The event log could not be read in time");
        }
      }
    } finally {
      consumer.unsubscribe();
    }
    return found;
  }

  private void dropMissingTopics(Duration patience) {
    Map<String, ?> topics = consumer.listTopics(patience);
    wanted.keySet().removeIf(partition -> !topics.containsKey(partition.topic()));
  }

  /** Waiting for it would take as long as it takes until others write that far. */
  private void dropWhatLiesBeyondTheEnd(Duration patience) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet(), patience);
    ends.forEach(this::forgetFrom);
  }

  private void forgetFrom(TopicPartition partition, long end) {
    TreeSet<Long> offsets = wanted.get(partition);
    if (offsets != null) {
      offsets.tailSet(end).clear();
      if (offsets.isEmpty()) {
        wanted.remove(partition);
      }
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : List.copyOf(wanted.keySet())) {
      TreeSet<Long> offsets = wanted.getOrDefault(partition, new TreeSet<>());
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (offsets.remove(record.offset())) {
          found.put(
              new RecordPosition(record.topic(), record.partition(), record.offset()), record);
        }
      }
      // Offsets that were passed without a record have none any more.
      long position = consumer.position(partition);
      offsets.headSet(position).clear();
      if (offsets.isEmpty()) {
        wanted.remove(partition);
        consumer.pause(List.of(partition));
      } else if (offsets.first() - position > NEAR) {
        consumer.seek(partition, offsets.first());
      }
    }
  }
}

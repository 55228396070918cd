package dev.anton.dispatcher.eventlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in some partitions for a while, each in order, but never what the dispatcher itself has
 * not taken in yet.
 */
final class StretchRead {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Stretch> open = new HashMap<>();
  private final Map<TopicPartition, Stretch> held = new HashMap<>();
  private Map<TopicPartition, @Nullable OffsetAndMetadata> committed = Map.of();
  private long read;
  private long lost;

  StretchRead(Consumer<byte[], byte[]> consumer, List<Stretch> stretches) {
    this.consumer = consumer;
    stretches.forEach(stretch -> open.put(stretch.topicPartition(), stretch));
  }

  /**
   * Reads until the reader has enough, everything is read, or some time has passed.
   *
   * @param reader returns false if it did not take the record and wants no more
   */
  LogPart run(Predicate<ConsumerRecord<byte[], byte[]>> reader, Duration time, Duration patience) {
    long deadline = System.nanoTime() + time.toNanos();
    dropMissingTopics(patience);
    passOverWhatRetentionTook(patience);
    committed = new HashMap<>(consumer.committed(Set.copyOf(open.keySet()), patience));
    consumer.assign(open.keySet());
    try {
      open.forEach((partition, stretch) -> consumer.seek(partition, stretch.next()));
      boolean wantsMore = true;
      while (wantsMore && !open.isEmpty() && System.nanoTime() - deadline < 0) {
        wantsMore = take(consumer.poll(POLL), reader);
      }
    } finally {
      consumer.unsubscribe();
    }
    List<Stretch> rest = new ArrayList<>(open.values());
    boolean onlyHeld = rest.isEmpty() && !held.isEmpty();
    rest.addAll(held.values());
    return new LogPart(rest, read, lost, onlyHeld);
  }

  private boolean take(
      ConsumerRecords<byte[], byte[]> records, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    for (TopicPartition partition : List.copyOf(open.keySet())) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        Stretch stretch = open.get(partition);
        if (stretch == null || record.offset() >= stretch.end()) {
          break;
        }
        if (record.offset() >= takenIn(partition)) {
          open.remove(partition);
          consumer.pause(List.of(partition));
          held.put(partition, stretch.from(record.offset()));
          break;
        }
        if (!reader.test(record)) {
          open.put(partition, stretch.from(record.offset()));
          return false;
        }
        read++;
        open.put(partition, stretch.from(record.offset() + 1));
      }
      // Where no record was left, the position is behind what is no record, as a marker.
      Stretch stretch = open.get(partition);
      if (stretch != null) {
        Stretch now = stretch.from(Math.max(stretch.next(), consumer.position(partition)));
        open.put(partition, now);
        if (now.isRead()) {
          open.remove(partition);
          consumer.pause(List.of(partition));
        }
      }
    }
    return true;
  }

  /** Up to where the journal knows of everything. */
  private long takenIn(TopicPartition partition) {
    OffsetAndMetadata mark = committed.get(partition);
    return mark == null ? 0 : mark.offset();
  }

  private void dropMissingTopics(Duration patience) {
    Set<String> topics = consumer.listTopics(patience).keySet();
    for (Stretch stretch : List.copyOf(open.values())) {
      if (!topics.contains(stretch.topic())) {
        open.remove(stretch.topicPartition());
        lost += stretch.end() - stretch.next();
      }
    }
  }

  private void passOverWhatRetentionTook(Duration patience) {
    consumer.beginningOffsets(Set.copyOf(open.keySet()), patience).forEach(this::passOver);
  }

  private void passOver(TopicPartition partition, long beginning) {
    Stretch stretch = open.get(partition);
    if (stretch != null && stretch.next() < beginning) {
      lost += Math.min(beginning, stretch.end()) - stretch.next();
      Stretch left = stretch.from(beginning);
      if (left.isRead()) {
        open.remove(partition);
      } else {
        open.put(partition, left);
      }
    }
  }
}

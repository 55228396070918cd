package dev.anton.dispatcher.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks where times are in the log. The brokers answer from their indexes; no record is read. */
final class TimeRead {

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final List<TopicPartition> partitions = new ArrayList<>();

  TimeRead(Consumer<byte[], byte[]> consumer, Predicate<String> topics, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
    for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics(patience).entrySet()) {
      if (topics.test(topic.getKey())) {
        topic
            .getValue()
            .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      }
    }
  }

  /** What was logged from one time to another; partitions without any of it are left out. */
  List<Stretch> between(Instant since, Instant until) {
    Map<TopicPartition, @Nullable OffsetAndTimestamp> first = at(since.toEpochMilli());
    Map<TopicPartition, @Nullable OffsetAndTimestamp> behind = at(until.toEpochMilli());
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    List<Stretch> stretches = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = first.get(partition);
      if (start == null) {
        continue;
      }
      OffsetAndTimestamp after = behind.get(partition);
      long end = after == null ? ends.getOrDefault(partition, 0L) : after.offset();
      if (start.offset() < end) {
        stretches.add(new Stretch(partition.topic(), partition.partition(), start.offset(), end));
      }
    }
    return stretches;
  }

  /**
   * From when on everything is there. Where retention took something, that is the oldest record
   * that it left, of the partition that lost most; as long as it took nothing, the oldest record.
   */
  Optional<Instant> earliest() {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, patience);
    long oldest = Long.MAX_VALUE;
    long left = Long.MIN_VALUE;
    for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> entry : at(0).entrySet()) {
      OffsetAndTimestamp found = entry.getValue();
      if (found != null) {
        oldest = Math.min(oldest, found.timestamp());
        if (beginnings.getOrDefault(entry.getKey(), 0L) > 0) {
          left = Math.max(left, found.timestamp());
        }
      }
    }
    if (oldest == Long.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochMilli(left == Long.MIN_VALUE ? oldest : left));
  }

  private Map<TopicPartition, @Nullable OffsetAndTimestamp> at(long millis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, millis));
    return new HashMap<>(consumer.offsetsForTimes(times, patience));
  }
}

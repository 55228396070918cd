package dev.anton.dispatcher.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of several partitions in the order of their log times, so that a client that goes on
 * after any of them misses none. Within a partition it is always that of the offsets, even where a
 * topic takes its producers' times, which may go back.
 */
final class LogOrder {

  /** A record and the latest time up to it in its partition. */
  record Timed(long time, ConsumerRecord<byte[], byte[]> record) {}

  private LogOrder() {}

  static List<Timed> of(ConsumerRecords<byte[], byte[]> records) {
    List<Timed> all = new ArrayList<>(records.count());
    for (TopicPartition partition : records.partitions()) {
      all.addAll(timed(records.records(partition), 0));
    }
    // Stable: what has one time stays in the order of its partition.
    all.sort(Comparator.comparingLong(Timed::time));
    return all;
  }

  /** One partition's. */
  static List<Timed> timed(List<ConsumerRecord<byte[], byte[]>> records, long since) {
    List<Timed> timed = new ArrayList<>(records.size());
    long latest = since;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      latest = Math.max(latest, record.timestamp());
      timed.add(new Timed(latest, record));
    }
    return timed;
  }
}

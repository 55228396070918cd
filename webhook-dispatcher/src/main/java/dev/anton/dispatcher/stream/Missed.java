package dev.anton.dispatcher.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads a part of the log once, all partitions merged by time: a client that breaks off in between
 * can go on after whatever it saw last.
 */
final class Missed {

  private static final Duration POLL = Duration.ofMillis(100);

  /** Without any progress. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Takes what was read. */
  interface Reader {

    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;

    /** Called now and then, also while there is nothing to take. */
    void idle() throws IOException;
  }

  private static final class Part {
    private final long end;
    private final Deque<LogOrder.Timed> read = new ArrayDeque<>();
    private long latest;
    private boolean ended;

    Part(long end) {
      this.end = end;
    }

    void add(List<ConsumerRecord<byte[], byte[]>> records, long position) {
      for (LogOrder.Timed timed : LogOrder.timed(records, latest)) {
        if (timed.record().offset() < end) {
          read.add(timed);
          latest = timed.time();
        }
      }
      ended = position >= end;
    }

    /** What comes next is not known yet. */
    boolean isBlank() {
      return read.isEmpty() && !ended;
    }

    boolean isDone() {
      return read.isEmpty() && ended;
    }

    long next() {
      return read.getFirst().time();
    }
  }

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Part> parts = new HashMap<>();

  /**
   * Begins.
   *
   * @param consumer for this only
   * @param from the first offset of each partition that is read
   * @param ends behind the last of each
   */
  Missed(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    from.forEach(
        (partition, _) -> parts.put(partition, new Part(ends.getOrDefault(partition, 0L))));
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
  }

  /**
   * Reads to the end.
   *
   * @throws TimeoutException if the broker gives nothing for too long
   */
  void read(Reader reader) throws IOException {
    long progress = System.nanoTime();
    while (!parts.isEmpty()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (fill(records)) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new TimeoutException("The event log could not be read on in time");
      }
      handOut(reader);
      reader.idle();
      consumer.resume(
          parts.entrySet().stream()
              .filter(part -> part.getValue().isBlank())
              .map(Map.Entry::getKey)
              .toList());
    }
  }

  /** What has something to hand out waits for the others, so that none is far ahead. */
  private boolean fill(ConsumerRecords<byte[], byte[]> records) {
    boolean any = false;
    for (Map.Entry<TopicPartition, Part> entry : parts.entrySet()) {
      TopicPartition partition = entry.getKey();
      Part part = entry.getValue();
      if (part.isBlank()) {
        part.add(records.records(partition), consumer.position(partition));
        if (!part.isBlank()) {
          any = true;
          consumer.pause(List.of(partition));
        }
      }
    }
    return any;
  }

  /** As long as it is known what comes next in each partition, the earliest of all. */
  private void handOut(Reader reader) throws IOException {
    parts.values().removeIf(Part::isDone);
    while (!parts.isEmpty() && parts.values().stream().noneMatch(Part::isBlank)) {
      Part earliest = Collections.min(parts.values(), Comparator.comparingLong(Part::next));
      reader.take(earliest.read.removeFirst().record());
      if (earliest.isDone()) {
        parts.values().remove(earliest);
      }
    }
  }
}

package dev.anton.bench.executions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the lifecycle events from the broker and says when which execution had come how far. */
final class LifecycleTail implements AutoCloseable {

  /**
   * What is known of an execution, in nanoseconds of {@link System#nanoTime()}, 0 if it has not
   * happened.
   *
   * @param node when its first node had begun, for the last time that one has
   */
  record Seen(long asked, long node, int nodeStarts, long ended) {}

  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;
  private final Map<String, Seen> executions = new ConcurrentHashMap<>();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failedAttempts = new AtomicLong();
  private final Histogram latencies = new ConcurrentHistogram(3);
  private volatile boolean closing;

  LifecycleTail(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.LIFECYCLE_EVENTS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = Thread.ofPlatform().name("tail").start(this::read);
  }

  /** An execution was asked for at that time; its events may have been read before. */
  void asked(String executionId, long at) {
    Seen seen =
        executions.merge(
            executionId,
            new Seen(at, 0, 0, 0),
            (old, _) -> new Seen(at, old.node(), old.nodeStarts(), old.ended()));
    if (seen.ended() != 0) {
      count(seen);
    }
  }

  Seen of(String executionId) {
    return executions.getOrDefault(executionId, new Seen(0, 0, 0, 0));
  }

  /** Executions that were asked for and have ended. */
  long ended() {
    return ended.get();
  }

  /** Attempts that failed and will be tried again. */
  long failedAttempts() {
    return failedAttempts.get();
  }

  /** From being asked for to the terminal event, in nanoseconds, since the last call. */
  Histogram takeLatencies() {
    Histogram taken = latencies.copy();
    latencies.reset();
    return taken;
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
  }

  private void read() {
    while (!closing) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        take(header(record, CloudEventHeaders.SUBJECT), header(record, CloudEventHeaders.TYPE));
      }
    }
  }

  private void take(String executionId, String type) {
    long now = System.nanoTime();
    switch (type) {
      case "node.started" ->
          executions.merge(
              executionId,
              new Seen(0, now, 1, 0),
              (old, _) ->
                  new Seen(
                      old.asked(),
                      // Of a plan's nodes only the first is looked at, of an only one each start.
                      old.nodeStarts() == 0 ? now : old.node(),
                      old.nodeStarts() + 1,
                      old.ended()));
      case "node.failed" -> failedAttempts.incrementAndGet();
      case "execution.completed", "execution.failed", "execution.cancelled" -> {
        Seen seen =
            executions.merge(
                executionId,
                new Seen(0, 0, 0, now),
                (old, _) -> new Seen(old.asked(), old.node(), old.nodeStarts(), now));
        if (seen.asked() != 0) {
          count(seen);
        }
      }
      default -> {
        // Nothing is measured by it.
      }
    }
  }

  private void count(Seen seen) {
    ended.incrementAndGet();
    latencies.recordValue(Math.max(0, seen.ended() - seen.asked()));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}

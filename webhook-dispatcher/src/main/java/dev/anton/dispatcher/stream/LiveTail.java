package dev.anton.dispatcher.stream;

import dev.anton.dispatcher.eventlog.LogConsumers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the end of the log for all who listen, with one consumer that is there only as long as
 * somebody does.
 */
final class LiveTail {

  private static final Logger log = LoggerFactory.getLogger(LiveTail.class);

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** For topics and partitions that are new. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private record Joining(
      EventStream stream, CompletableFuture<Map<TopicPartition, Long>> positions) {}

  private final LogConsumers consumers;
  private final StreamedEvents events;
  private final List<EventStream> streams = new CopyOnWriteArrayList<>();
  private final List<Joining> joining = new ArrayList<>();
  private boolean running;

  LiveTail(LogConsumers consumers, StreamedEvents events) {
    this.consumers = consumers;
    this.events = events;
  }

  /**
   * Feeds a stream from now on.
   *
   * @return from where on in each partition; fails if the log cannot be read
   */
  synchronized CompletableFuture<Map<TopicPartition, Long>> join(EventStream stream) {
    Joining one = new Joining(stream, new CompletableFuture<>());
    joining.add(one);
    if (!running) {
      running = true;
      Thread.ofVirtual().name("dispatcher-stream-tail").start(this::run);
    }
    return one.positions();
  }

  synchronized void leave(EventStream stream) {
    streams.remove(stream);
    joining.removeIf(one -> one.stream() == stream);
  }

  void endAll(Ending why) {
    streams.forEach(stream -> stream.end(why));
  }

  private void run() {
    boolean left = false;
    try (Consumer<byte[], byte[]> consumer = consumers.open()) {
      Set<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      long refreshed = System.nanoTime();
      while (goesOn(consumer)) {
        if (System.nanoTime() - refreshed > REFRESH.toNanos()) {
          refresh(consumer);
          refreshed = System.nanoTime();
        }
        handOut(consumer.poll(POLL));
      }
      left = true;
    } catch (RuntimeException e) {
      log.warn("The event log cannot be read for those who listen", e);
      // Once all have left, there may be another reader already.
      if (!left) {
        giveUp(e);
      }
    }
  }

  /** Between two polls, all that is before a position was handed out and nothing behind it. */
  private synchronized boolean goesOn(Consumer<byte[], byte[]> consumer) {
    if (!joining.isEmpty()) {
      Map<TopicPartition, Long> positions = new HashMap<>();
      for (TopicPartition partition : consumer.assignment()) {
        positions.put(partition, consumer.position(partition, PATIENCE));
      }
      for (Joining one : joining) {
        streams.add(one.stream());
        one.positions().complete(positions);
      }
      joining.clear();
    }
    running = !streams.isEmpty();
    return running;
  }

  private synchronized void giveUp(RuntimeException why) {
    running = false;
    endAll(Ending.INTERRUPTED);
    streams.clear();
    joining.forEach(one -> one.positions().completeExceptionally(why));
    joining.clear();
  }

  private void refresh(Consumer<byte[], byte[]> consumer) {
    try {
      Set<TopicPartition> now = partitions(consumer);
      Set<TopicPartition> added = new HashSet<>(now);
      added.removeAll(consumer.assignment());
      if (!now.equals(consumer.assignment())) {
        consumer.assign(now);
        if (!added.isEmpty()) {
          // All that is in them came since somebody looked last. None would mean all.
          consumer.seekToBeginning(added);
        }
      }
    } catch (RetriableException e) {
      log.info("New topics are looked for later: {}", e.getMessage());
    }
  }

  private Set<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    return consumer.listTopics(PATIENCE).entrySet().stream()
        .filter(topic -> events.isRead(topic.getKey()))
        .flatMap(topic -> topic.getValue().stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .collect(Collectors.toSet());
  }

  private void handOut(ConsumerRecords<byte[], byte[]> records) {
    for (LogOrder.Timed timed : LogOrder.of(records)) {
      events
          .read(timed.record(), event -> streams.stream().anyMatch(stream -> stream.wants(event)))
          .ifPresent(
              event -> {
                Frame frame = Frame.of(event);
                streams.stream()
                    .filter(stream -> stream.wants(event))
                    .forEach(stream -> stream.offer(frame));
              });
    }
  }
}

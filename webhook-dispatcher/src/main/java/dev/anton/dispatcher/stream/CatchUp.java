package dev.anton.dispatcher.stream;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.eventlog.LogConsumers;
import dev.anton.schemas.kafka.EventRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads for a client that goes on what was logged since its last event, up to where its live events
 * begin.
 */
final class CatchUp {

  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  /**
   * By which the live tail may have been ahead in one partition of another. What lies within is
   * sent once more rather than perhaps not at all; the last event's own partition has no such
   * doubt.
   */
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LogConsumers consumers;
  private final StreamedEvents events;
  private final long maxRecords;
  private final Semaphore running;

  CatchUp(LogConsumers consumers, StreamedEvents events, StreamSettings settings) {
    this.consumers = consumers;
    this.events = events;
    this.maxRecords = settings.maxRecords();
    this.running = new Semaphore(settings.catchUps());
  }

  /** What is read for one client. */
  final class Reading implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Missed missed;

    private Reading(LastEvent last, Map<TopicPartition, Long> ends) {
      consumer = consumers.open();
      try {
        Map<TopicPartition, Long> from = from(consumer, last, ends);
        long records =
            from.entrySet().stream()
                .mapToLong(start -> ends.getOrDefault(start.getKey(), 0L) - start.getValue())
                .sum();
        if (records > maxRecords) {
          throw LastEvents.gone("More was logged since Last-Event-ID than is read again");
        }
        missed = new Missed(consumer, from, ends);
      } catch (RuntimeException e) {
        consumer.close();
        throw e;
      }
    }

    /**
     * Writes what the stream wants of it.
     *
     * @return false if the log could not be read to the end
     */
    boolean writeTo(StreamWriter writer, EventStream stream) throws IOException {
      try {
        missed.read(
            new Missed.Reader() {
              @Override
              public void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
                Optional<EventRecord> event = events.read(record, stream::wants);
                if (event.isPresent()) {
                  writer.write(Frame.of(event.get()));
                }
              }

              @Override
              public void idle() throws IOException {
                writer.beat();
              }
            });
        return true;
      } catch (KafkaException e) {
        log.warn("What a client missed cannot be read on", e);
        return false;
      }
    }

    @Override
    public void close() {
      running.release();
      consumer.close();
    }
  }

  /**
   * Begins to read; whoever calls it closes it.
   *
   * @throws ProblemException if that would be too much, or too many read already
   */
  Reading since(LastEvent last, Map<TopicPartition, Long> ends) {
    if (!running.tryAcquire()) {
      throw ProblemException.unavailable(
          "too-many-resumed",
          "Too many streams go on after a Last-Event-ID at once; try again in some seconds");
    }
    try {
      return new Reading(last, ends);
    } catch (RuntimeException e) {
      running.release();
      throw e;
    }
  }

  private static Map<TopicPartition, Long> from(
      Consumer<byte[], byte[]> consumer, LastEvent last, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> times = new HashMap<>();
    ends.keySet()
        .forEach(partition -> times.put(partition, last.loggedAt().minus(OVERLAP).toEpochMilli()));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found =
        new HashMap<>(consumer.offsetsForTimes(times, PATIENCE));
    TopicPartition own = new TopicPartition(last.position().topic(), last.position().partition());
    Map<TopicPartition, Long> from = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndTimestamp at = found.get(partition);
          long start =
              partition.equals(own) ? last.position().offset() + 1 : at == null ? end : at.offset();
          if (start < end) {
            from.put(partition, start);
          }
        });
    return from;
  }
}

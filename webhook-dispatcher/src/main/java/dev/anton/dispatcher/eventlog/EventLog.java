package dev.anton.dispatcher.eventlog;

import dev.anton.dispatcher.delivery.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of Kafka by one consumer, one after another, each within seconds. The consumer belongs to
 * no group's balance and commits nothing; it is made when it is first needed.
 */
public final class EventLog implements AutoCloseable {

  /** Each read of a healthy broker takes some milliseconds. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of one who reads a long stretch; others wait meanwhile. */
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ReentrantLock lock = new ReentrantLock(true);
  private @Nullable Consumer<byte[], byte[]> consumer;

  EventLog(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /**
   * The record at a position; empty if retention took it.
   *
   * @throws RetriableException if the broker does not answer, or others read for too long
   */
  public Optional<ConsumerRecord<byte[], byte[]>> read(RecordPosition position) {
    return Optional.ofNullable(read(Set.of(position)).get(position));
  }

  /**
   * The records at these positions, without those that retention took.
   *
   * @param positions at most some hundred: all are held at once
   * @throws RetriableException if the broker does not answer, or others read for too long
   */
  public Map<RecordPosition, ConsumerRecord<byte[], byte[]>> read(
      Collection<RecordPosition> positions) {
    return positions.isEmpty()
        ? Map.of()
        : use(consumer -> new PositionRead(consumer, positions).run(PATIENCE));
  }

  /**
   * From when on all records of these topics are there; empty if there are none.
   *
   * @throws RetriableException if the broker does not answer, or others read for too long
   */
  public Optional<Instant> earliest(Predicate<String> topics) {
    return use(consumer -> new TimeRead(consumer, topics, PATIENCE).earliest());
  }

  /**
   * Where the records are that were logged between two times.
   *
   * @param until exclusive
   * @throws RetriableException if the broker does not answer, or others read for too long
   */
  public List<Stretch> between(Predicate<String> topics, Instant since, Instant until) {
    return use(consumer -> new TimeRead(consumer, topics, PATIENCE).between(since, until));
  }

  /**
   * Reads on for about a second, each partition in order. What the dispatcher has not committed yet
   * is left for later: nobody knows what becomes of it.
   *
   * @param reader returns false if it did not take the record and wants no more
   * @throws RetriableException if the broker does not answer, or others read for too long
   */
  public LogPart readOn(List<Stretch> stretches, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    return stretches.isEmpty()
        ? new LogPart(List.of(), 0, 0, false)
        : use(consumer -> new StretchRead(consumer, stretches).run(reader, TURN, PATIENCE));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      discard();
    } finally {
      lock.unlock();
    }
  }

  private <T> T use(Function<Consumer<byte[], byte[]>, T> reading) {
    acquire();
    try {
      Consumer<byte[], byte[]> current = consumer == null ? consumers.get() : consumer;
      consumer = current;
      return reading.apply(current);
    } catch (KafkaException e) {
      if (!(e instanceof RetriableException)) {
        discard();
      }
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void acquire() {
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException("Others read the event log for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("Interrupted while others read the event log", e);
    }
  }

  private void discard() {
    Consumer<byte[], byte[]> old = consumer;
    consumer = null;
    if (old != null) {
      old.close();
    }
  }
}

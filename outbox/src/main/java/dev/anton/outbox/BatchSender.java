package dev.anton.outbox;

import dev.anton.outbox.PendingRecords.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one batch in order and waits for its acknowledgements. Records of one key to one topic are
 * pipelined (the producer is idempotent and keeps their order); before a record of that key goes to
 * another topic, all that was sent is waited for, since two partitions acknowledge in no order.
 */
final class BatchSender {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Producer<String, byte[]> producer;
  private final BooleanSupplier mayContinue;

  /**
   * @param mayContinue asked every second while waiting; false gives the batch up
   */
  BatchSender(Producer<String, byte[]> producer, BooleanSupplier mayContinue) {
    this.producer = producer;
    this.mayContinue = mayContinue;
  }

  Outcome send(List<Pending> batch) throws InterruptedException {
    List<Flight> flights = new ArrayList<>(batch.size());
    Map<String, String> topicInFlight = new HashMap<>();
    Set<String> blockedKeys = new HashSet<>();
    int awaited = 0;
    for (Pending pending : batch) {
      ProducerRecord<String, byte[]> record = pending.record();
      if (blockedKeys.contains(record.key())) {
        continue;
      }
      String topic = topicInFlight.put(record.key(), record.topic());
      if (topic != null && !topic.equals(record.topic())) {
        awaited = await(flights, awaited);
        if (awaited < flights.size() || anyFailed(flights)) {
          break;
        }
        topicInFlight.clear();
        topicInFlight.put(record.key(), record.topic());
      }
      Flight flight = new Flight(pending);
      flights.add(flight);
      Future<?> _ = producer.send(record, (metadata, failure) -> flight.land(failure));
      if (flight.isTooLarge()) {
        blockedKeys.add(record.key());
      } else if (flight.failure() != null) {
        break;
      }
    }
    await(flights, awaited);
    return Outcome.of(flights);
  }

  /** Waits for the flights from the given one on; answers how many have landed without a gap. */
  private int await(List<Flight> flights, int from) throws InterruptedException {
    for (int i = from; i < flights.size(); i++) {
      while (!flights.get(i).awaitLanding(LOOK)) {
        if (!mayContinue.getAsBoolean()) {
          return i;
        }
      }
    }
    return flights.size();
  }

  private static boolean anyFailed(List<Flight> flights) {
    return flights.stream().anyMatch(flight -> flight.failure() != null && !flight.isTooLarge());
  }

  /**
   * What became of a batch.
   *
   * @param acknowledged to be deleted
   * @param tooLarge to be blocked
   * @param failure the first failure that another try may mend, null without one
   */
  record Outcome(List<Pending> acknowledged, List<Pending> tooLarge, @Nullable Exception failure) {

    private static Outcome of(List<Flight> flights) {
      List<Pending> acknowledged = new ArrayList<>(flights.size());
      List<Pending> tooLarge = new ArrayList<>();
      Exception failure = null;
      for (Flight flight : flights) {
        if (flight.isAcknowledged()) {
          acknowledged.add(flight.pending);
        } else if (flight.isTooLarge()) {
          tooLarge.add(flight.pending);
        } else if (failure == null) {
          failure = flight.hasLanded() ? flight.failure() : new GivenUpException();
        }
      }
      return new Outcome(acknowledged, tooLarge, failure);
    }
  }

  private static final class Flight {

    private final Pending pending;
    private final CountDownLatch landed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Flight(Pending pending) {
      this.pending = pending;
    }

    void land(@Nullable Exception cause) {
      failure.set(cause);
      landed.countDown();
    }

    boolean awaitLanding(Duration patience) throws InterruptedException {
      return landed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Nullable Exception failure() {
      return failure.get();
    }

    boolean hasLanded() {
      return landed.getCount() == 0;
    }

    boolean isAcknowledged() {
      return hasLanded() && failure.get() == null;
    }

    boolean isTooLarge() {
      return failure.get() instanceof RecordTooLargeException;
    }
  }

  /** Waiting ended before Kafka answered: the relay stops, or another replica took the lanes. */
  private static final class GivenUpException extends Exception {

    private static final long serialVersionUID = 1L;

    GivenUpException() {
      super("The wait for acknowledgements was given up");
    }
  }
}

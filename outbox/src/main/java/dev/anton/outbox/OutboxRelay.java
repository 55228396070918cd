package dev.anton.outbox;

import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import dev.anton.outbox.PendingRecords.Pending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes committed records to Kafka. A record is deleted after Kafka acknowledged it, never before:
 * a crash in between sends it again, so that nothing is lost and at most what was in flight is
 * repeated. While Kafka or PostgreSQL is away it tries again, without end and without skipping.
 */
final class OutboxRelay implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final PendingRecords records;
  private final LeaseTable lanes;
  private final Supplier<Producer<String, byte[]>> producers;
  private final OutboxProperties properties;
  private final RelayMetrics metrics;
  private final Semaphore wake = new Semaphore(0);

  private volatile boolean running;
  private @Nullable Thread thread;
  private List<Lease> held = List.of();
  private long renewedAt;

  OutboxRelay(
      PendingRecords records,
      LeaseTable lanes,
      Supplier<Producer<String, byte[]>> producers,
      OutboxProperties properties,
      RelayMetrics metrics) {
    this.records = records;
    this.lanes = lanes;
    this.producers = producers;
    this.properties = properties;
    this.metrics = metrics;
  }

  /** Something was committed; returns at once. */
  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  @Override
  public synchronized void start() {
    running = true;
    // A platform thread: one per service, busy all the time under load.
    thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    wake();
    Thread relay = thread;
    if (relay == null) {
      return;
    }
    try {
      if (!relay.join(STOP_PATIENCE)) {
        relay.interrupt();
      }
    } catch (InterruptedException e) {
      relay.interrupt();
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts before what appends and stops after it, so that last events still leave. */
  @Override
  public int getPhase() {
    return 0;
  }

  private void run() {
    Duration backoff = FIRST_BACKOFF;
    while (running) {
      Producer<String, byte[]> producer = null;
      long started = System.nanoTime();
      try {
        producer = producers.get();
        relay(producer);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (RuntimeException e) {
        metrics.failed();
        if (System.nanoTime() - started > LONGEST_BACKOFF.toNanos()) {
          backoff = FIRST_BACKOFF;
        }
        LOG.warn("The relay tries again in {} ms: {}", backoff.toMillis(), e.toString());
        if (!pause(backoff)) {
          break;
        }
        backoff = min(backoff.multipliedBy(2), LONGEST_BACKOFF);
      } finally {
        if (producer != null) {
          // Whatever is still in flight was given up: it must not arrive after what is sent next.
          producer.close(Duration.ZERO);
        }
      }
    }
    releaseLanes();
  }

  /** Sends batch after batch until a failure asks for a fresh producer or the relay stops. */
  private void relay(Producer<String, byte[]> producer) throws InterruptedException {
    BatchSender sender = new BatchSender(producer, this::mayContinue);
    Duration backoff = FIRST_BACKOFF;
    while (running) {
      try {
        keepLanes();
        if (!sendBatch(sender)) {
          backoff = FIRST_BACKOFF;
          wake.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (org.springframework.dao.DataAccessException e) {
        // The database is away; the producer is as good as it was.
        metrics.failed();
        LOG.warn("The outbox cannot be read, again in {} ms: {}", backoff.toMillis(), e.toString());
        if (!pause(backoff)) {
          return;
        }
        backoff = min(backoff.multipliedBy(2), LONGEST_BACKOFF);
      }
    }
    sendBatch(sender);
  }

  /** Answers whether there may be more to send at once. */
  private boolean sendBatch(BatchSender sender) throws InterruptedException {
    if (held.isEmpty()) {
      return false;
    }
    List<Pending> batch =
        records.read(held.stream().map(Lease::id).toList(), properties.batchSize());
    metrics.oldest(batch.isEmpty() ? null : batch.getFirst().createdAt());
    if (batch.isEmpty()) {
      return false;
    }
    if (System.nanoTime() - renewedAt > properties.leaseDuration().toNanos()) {
      // Stopped for longer than the lease: another replica may have sent these, and later ones.
      held = List.of();
      return true;
    }
    BatchSender.Outcome outcome = sender.send(batch);
    if (!outcome.acknowledged().isEmpty()) {
      records.delete(outcome.acknowledged().stream().map(Pending::id).toList());
      metrics.sent(outcome.acknowledged().size());
    }
    for (Pending tooLarge : outcome.tooLarge()) {
      LOG.error(
          "Kafka takes no record of this size; the key {} waits behind record {}",
          tooLarge.record().key(),
          tooLarge.id());
      records.block(tooLarge.id(), "Kafka refused the record as too large");
      metrics.blocked();
    }
    if (outcome.failure() != null) {
      throw new RelayFailedException(outcome.failure());
    }
    return batch.size() == properties.batchSize();
  }

  private void keepLanes() {
    long now = System.nanoTime();
    boolean due = now - renewedAt > properties.leaseDuration().dividedBy(3).toNanos();
    if (!due && !held.isEmpty()) {
      return;
    }
    List<Lease> kept = lanes.renew(held);
    List<Lease> won = lanes.claim(OutboxLane.count() - kept.size());
    held = java.util.stream.Stream.concat(kept.stream(), won.stream()).toList();
    renewedAt = now;
    metrics.lanes(held.size());
  }

  /** Keeps the lanes while Kafka is slow to answer; once one is lost, the batch is given up. */
  private boolean mayContinue() {
    if (System.nanoTime() - renewedAt <= properties.leaseDuration().dividedBy(3).toNanos()) {
      return running;
    }
    try {
      List<Lease> kept = lanes.renew(held);
      boolean all = kept.size() == held.size();
      held = kept;
      renewedAt = System.nanoTime();
      return running && all;
    } catch (org.springframework.dao.DataAccessException e) {
      return running;
    }
  }

  private void releaseLanes() {
    try {
      held.forEach(lanes::release);
    } catch (RuntimeException e) {
      LOG.warn("The outbox lanes were not given back and run out by themselves: {}", e.toString());
    }
    held = List.of();
  }

  private boolean pause(Duration duration) {
    try {
      long until = System.nanoTime() + duration.toNanos();
      while (running && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return running;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}

package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Delivery;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries in batches, one transaction at a time, in the order in which they came. While the
 * database refuses, it keeps the batch and tries again; nothing is given up and no receipt is
 * given.
 */
final class BatchJournal implements Journal, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BatchJournal.class);

  private static final String UNIQUE_VIOLATION = "23505";
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration LAST_BACKOFF = Duration.ofSeconds(2);

  private final JournalSettings settings;
  private final JournalTransaction transaction;
  private final Clock clock;
  private final TurnListener turns;
  private final BlockingQueue<JournalEntry> queue = new LinkedBlockingQueue<>();
  private final JournalBatch batch = new JournalBatch();
  private final DistributionSummary batchSize;
  private final Timer batchTime;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean failing;

  BatchJournal(
      JournalSettings settings,
      DataSource dataSource,
      Clock clock,
      TurnListener turns,
      MeterRegistry meters) {
    this.settings = settings;
    this.transaction = new JournalTransaction(dataSource);
    this.clock = clock;
    this.turns = turns;
    this.batchSize =
        DistributionSummary.builder("anton.journal.batch.size")
            .description("Entries written in one transaction")
            .register(meters);
    this.batchTime =
        Timer.builder("anton.journal.batch.time")
            .description("Time that one transaction took")
            .register(meters);
    meters.gauge("anton.journal.waiting", queue, BlockingQueue::size);
    this.thread = Thread.ofPlatform().name("dispatcher-journal").start(this::run);
  }

  @Override
  public void append(JournalEntry entry) {
    queue.add(entry);
  }

  /** Whether the last batch could not be written. */
  boolean isFailing() {
    return failing;
  }

  /** Writes what waits, as long as the database takes it, and stops. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    List<JournalEntry> entries = new ArrayList<>(settings.batch());
    try {
      while (take(entries)) {
        write(entries);
        for (JournalEntry entry : entries) {
          acknowledge(entry);
        }
        entries.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("The journal stops with {} entries that are not written", queue.size());
    }
  }

  /** Fills the batch; false when stopping and nothing is left. */
  private boolean take(List<JournalEntry> entries) throws InterruptedException {
    while (true) {
      JournalEntry first = queue.poll(100, TimeUnit.MILLISECONDS);
      if (first != null) {
        entries.add(first);
        queue.drainTo(entries, settings.batch() - 1);
        if (entries.size() < settings.batch() / 4 && !stopping) {
          LockSupport.parkNanos(settings.linger().toNanos());
          queue.drainTo(entries, settings.batch() - entries.size());
        }
        return true;
      }
      if (stopping) {
        return false;
      }
    }
  }

  private void write(List<JournalEntry> entries) throws InterruptedException {
    batch.fill(entries, clock.instant());
    long start = System.nanoTime();
    boolean again = false;
    Duration backoff = FIRST_BACKOFF;
    while (true) {
      try {
        if (again) {
          transaction.writeAgain(batch);
        } else {
          transaction.write(batch);
        }
        if (failing) {
          log.info("The journal can be written again");
          failing = false;
        }
        batchSize.record(entries.size());
        batchTime.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return;
      } catch (SQLException | RuntimeException e) {
        boolean violated = isViolation(e) && !again;
        again = true;
        if (!violated) {
          failed(entries.size(), e);
          Thread.sleep(backoff);
          backoff = backoff.multipliedBy(2);
          backoff = backoff.compareTo(LAST_BACKOFF) > 0 ? LAST_BACKOFF : backoff;
        }
      }
    }
  }

  private void failed(int entries, Exception e) {
    if (!failing) {
      failing = true;
      log.error("The journal cannot be written; {} entries wait and intake will pause", entries, e);
    } else {
      log.warn("The journal still cannot be written: {}", e.getMessage());
    }
  }

  private static boolean isViolation(@Nullable Throwable e) {
    return e instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
  }

  private void acknowledge(JournalEntry entry) {
    try {
      entry.receipt().durable();
      Delivery turn = entry.turn();
      if (turn != null && turn.isInLine()) {
        turns.mayBeNext(turn);
      }
    } catch (RuntimeException e) {
      log.error("A receipt failed", e);
    }
  }
}

package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries in batches, one transaction at a time, in the order in which they came, and gives
 * their receipts.
 */
final class BatchJournal implements Journal, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BatchJournal.class);

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final JournalSettings settings;
  private final BatchWriter writer;
  private final TurnListener turns;
  private final BlockingQueue<JournalEntry> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stopping;

  BatchJournal(
      JournalSettings settings, BatchWriter writer, TurnListener turns, MeterRegistry meters) {
    this.settings = settings;
    this.writer = writer;
    this.turns = turns;
    meters.gauge("anton.journal.waiting", queue, BlockingQueue::size);
    this.thread = Thread.ofPlatform().name("dispatcher-journal").start(this::run);
  }

  @Override
  public void append(JournalEntry entry) {
    queue.add(entry);
  }

  /** Whether the last batch could not be written. */
  boolean isFailing() {
    return writer.isFailing();
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
        writer.write(entries).forEach(this::acknowledge);
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

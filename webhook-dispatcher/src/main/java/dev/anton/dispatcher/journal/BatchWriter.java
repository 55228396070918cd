package dev.anton.dispatcher.journal;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch after another, however long it takes. While the database refuses, it tries again
 * and nothing is given up. If what it refuses is a row, the batch is halved until that row is
 * alone: the others are written and it is put aside. One that takes longer than a transaction may
 * is halved, too, since it would take as long the next time.
 */
final class BatchWriter {

  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String TRANSACTION_TIMEOUT = "25P04";
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LAST_BACKOFF = Duration.ofSeconds(2);

  private final JournalTransaction transaction;
  private final RefusedEntries refused;
  private final Clock clock;
  private final JournalBatch batch = new JournalBatch();
  private final DistributionSummary batchSize;
  private final Timer batchTime;
  private volatile boolean failing;

  BatchWriter(
      JournalTransaction transaction, RefusedEntries refused, Clock clock, MeterRegistry meters) {
    this.transaction = transaction;
    this.refused = refused;
    this.clock = clock;
    this.batchSize =
        DistributionSummary.builder("anton.journal.batch.size")
            .description("Entries written in one transaction")
            .register(meters);
    this.batchTime =
        Timer.builder("anton.journal.batch.time")
            .description("Time that one transaction took")
            .register(meters);
  }

  /** Whether the last batch could not be written. */
  boolean isFailing() {
    return failing;
  }

  /**
   * Returns when all entries are durable but for those that were put aside, which get their receipt
   * by themselves.
   *
   * @return those that are durable, in their order
   */
  List<JournalEntry> write(List<JournalEntry> entries) throws InterruptedException {
    List<JournalEntry> durable = new ArrayList<>(entries.size());
    write(entries, false, durable);
    return durable;
  }

  private void write(List<JournalEntry> entries, boolean careful, List<JournalEntry> durable)
      throws InterruptedException {
    boolean again = careful;
    Duration backoff = FIRST_BACKOFF;
    while (true) {
      try {
        attempt(entries, again);
        durable.addAll(entries);
        return;
      } catch (SQLException | RuntimeException e) {
        boolean known = !again && isViolation(e);
        again = true;
        if (known) {
          continue; // Something of it is there already; the careful way knows what to do.
        }
        if (isOfARow(e)) {
          divide(entries, e, durable);
          return;
        }
        if (isTooLong(e) && entries.size() > 1) {
          log.warn("A batch of {} entries took too long; it is written in parts", entries.size());
          writeInParts(entries, durable);
          return;
        }
        failed(entries.size(), e);
        Thread.sleep(backoff);
        backoff = backoff.multipliedBy(2);
        backoff = backoff.compareTo(LAST_BACKOFF) > 0 ? LAST_BACKOFF : backoff;
      }
    }
  }

  private void attempt(List<JournalEntry> entries, boolean again) throws SQLException {
    long start = System.nanoTime();
    try {
      batch.fill(entries, clock.instant());
    } catch (RuntimeException e) {
      throw new UnwritableException(e);
    }
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
  }

  private void divide(List<JournalEntry> entries, Exception cause, List<JournalEntry> durable)
      throws InterruptedException {
    if (entries.size() == 1) {
      refused.putAside(entries.getFirst(), cause);
      return;
    }
    writeInParts(entries, durable);
  }

  private void writeInParts(List<JournalEntry> entries, List<JournalEntry> durable)
      throws InterruptedException {
    int half = entries.size() / 2;
    write(entries.subList(0, half), true, durable);
    write(entries.subList(half, entries.size()), true, durable);
  }

  private void failed(int entries, Exception e) {
    if (!failing) {
      failing = true;
      log.error("The journal cannot be written; {} entries wait and intake will pause", entries, e);
    } else {
      log.warn("The journal still cannot be written: {}", e.getMessage());
    }
  }

  private static boolean isViolation(Exception e) {
    return e instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
  }

  /**
   * Whether PostgreSQL ended the session for {@link JournalTransaction#TIMEOUT}. A {@code COPY}
   * that is cut off so says only that the connection failed; the careful way, which follows, says
   * why.
   */
  private static boolean isTooLong(Exception e) {
    return e instanceof SQLException sql && TRANSACTION_TIMEOUT.equals(sql.getSQLState());
  }

  /**
   * Whether it is a row that PostgreSQL will never take: 22 is data it cannot read, 23 a
   * constraint, 54 a limit such as the size of an index entry. Anything else may pass.
   */
  private static boolean isOfARow(Exception e) {
    if (e instanceof SQLException sql) {
      String state = sql.getSQLState();
      return state != null
          && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
    return e instanceof UnwritableException;
  }

  /** An entry could not be made a row. */
  private static final class UnwritableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnwritableException(RuntimeException cause) {
      super(cause);
    }
  }
}

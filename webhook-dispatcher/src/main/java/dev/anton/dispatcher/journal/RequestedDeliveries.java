package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Delivery;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes deliveries that somebody asked for, in the caller's transaction: they and the mark of how
 * far the caller came commit together. For some hundred a second; what comes from the topics goes
 * through the {@link Journal}.
 */
public final class RequestedDeliveries {

  private final JdbcTemplate jdbc;
  private final TurnListener turns;
  private final Clock clock;

  RequestedDeliveries(JdbcTemplate jdbc, TurnListener turns, Clock clock) {
    this.jdbc = jdbc;
    this.turns = turns;
    this.clock = clock;
  }

  /**
   * Parks deliveries. Of one event, subscription and replay there is one: what is there stays.
   *
   * @return how many were not there yet
   * @throws IllegalStateException outside of a transaction
   */
  public int park(List<JournalEntry.Parked> deliveries) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("Deliveries are made in the transaction that asks for them");
    }
    if (deliveries.isEmpty()) {
      return 0;
    }
    JournalBatch batch = new JournalBatch();
    batch.fill(List.copyOf(deliveries), clock.instant());
    ConnectionCallback<Integer> write = connection -> JournalTransaction.park(connection, batch);
    int added = Objects.requireNonNull(jdbc.execute(write));
    List<Delivery> inLine =
        deliveries.stream().map(JournalEntry.Parked::delivery).filter(Delivery::isInLine).toList();
    if (!inLine.isEmpty()) {
      TransactionSynchronizationManager.registerSynchronization(new TurnsAfterCommit(inLine));
    }
    return added;
  }

  /** Says whose turn it may be when others can see it, too. */
  private final class TurnsAfterCommit implements TransactionSynchronization {

    private final List<Delivery> deliveries;

    TurnsAfterCommit(List<Delivery> deliveries) {
      this.deliveries = deliveries;
    }

    @Override
    public void afterCommit() {
      deliveries.forEach(turns::mayBeNext);
    }
  }
}

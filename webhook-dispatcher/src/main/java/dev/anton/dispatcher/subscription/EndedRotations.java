package dev.anton.dispatcher.subscription;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Rotations whose grace period is over: the new keys take the old ones' places. */
@Component
class EndedRotations {

  private final SubscriptionRepository rows;
  private final SubscriptionCodec codec;
  private final TransactionTemplate transactions;

  EndedRotations(
      SubscriptionRepository rows, SubscriptionCodec codec, TransactionTemplate transactions) {
    this.rows = rows;
    this.codec = codec;
    this.transactions = transactions;
  }

  /** At most one batch, of rows that no other replica is at. */
  List<SubscriptionChange> promote(Instant now) {
    return transactions.execute(
        status ->
            rows.lockEndedRotations(now, ExpiredSubscriptions.BATCH).stream()
                .map(row -> rows.save(promoted(row, now)))
                .map(codec::change)
                .toList());
  }

  private static SubscriptionRow promoted(SubscriptionRow row, Instant now) {
    return row.withKeys(row.keys().promoted(), now);
  }
}

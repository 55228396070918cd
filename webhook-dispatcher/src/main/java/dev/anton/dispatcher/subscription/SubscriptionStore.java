package dev.anton.dispatcher.subscription;

import dev.anton.api.problem.ProblemException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes subscriptions and makes every change known: to this replica's index before the call
 * returns, to the others by an announcement.
 */
@Component
@EnableConfigurationProperties({SubscriptionProperties.class, DeliveryFeatures.class})
class SubscriptionStore {

  /** Changes of one subscription rarely meet; those that do are made again on top. */
  private static final int ATTEMPTS = 5;

  private final SubscriptionRepository rows;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final SubscriptionChanges changes;
  private final int maxPerTenant;

  SubscriptionStore(
      SubscriptionRepository rows,
      JdbcClient jdbc,
      TransactionTemplate transactions,
      SubscriptionChanges changes,
      SubscriptionProperties properties) {
    this.rows = rows;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.changes = changes;
    this.maxPerTenant = properties.maxPerTenant();
  }

  /**
   * Stores a registered subscription.
   *
   * @throws ProblemException if the tenant has as many as it may have
   */
  SubscriptionRow register(SubscriptionRow row) {
    return committed(
        () -> {
          // Registrations of one tenant go one after another, so that the limit is one.
          jdbc.sql("select pg_advisory_xact_lock(hashtextextended('subscriptions of ' || ?, 0))")
              .param(row.tenant())
              .query()
              .singleRow();
          if (rows.countRegistered(row.tenant()) >= maxPerTenant) {
            throw ProblemException.conflict(
                "too-many-webhooks",
                "A tenant has at most " + maxPerTenant + " webhooks; delete one first");
          }
          return rows.save(row);
        });
  }

  /**
   * Reads, changes and writes a subscription, and what else belongs to the change, in one
   * transaction.
   *
   * @param find reads it; if it finds nothing, nothing happens
   * @param change gives the very same row back if there is nothing to change
   */
  Optional<SubscriptionRow> change(
      Supplier<Optional<SubscriptionRow>> find, UnaryOperator<SubscriptionRow> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return changeOnce(find, change);
      } catch (OptimisticLockingFailureException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Runs a write that ends in a stored row, and makes the row known. */
  SubscriptionRow committed(Supplier<SubscriptionRow> write) {
    SubscriptionRow saved = transactions.execute(status -> write.get());
    changes.committed(saved);
    return saved;
  }

  /** For a repeated request: whoever answered the first may not have seen the end of the wait. */
  SubscriptionRow unchanged(SubscriptionRow row) {
    changes.awaitEverywhere(row);
    return row;
  }

  private Optional<SubscriptionRow> changeOnce(
      Supplier<Optional<SubscriptionRow>> find, UnaryOperator<SubscriptionRow> change) {
    Optional<Written> written =
        transactions.execute(
            status ->
                find.get()
                    .map(
                        row -> {
                          SubscriptionRow changed = change.apply(row);
                          return changed.equals(row)
                              ? new Written(row, false)
                              : new Written(rows.save(changed), true);
                        }));
    return written.map(
        result -> {
          if (!result.changed()) {
            return unchanged(result.row());
          }
          changes.committed(result.row());
          return result.row();
        });
  }

  private record Written(SubscriptionRow row, boolean changed) {}
}

package dev.anton.dispatcher.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Writes a batch in one transaction. PostgreSQL ends one that takes too long: a replica that is
 * frozen in the middle of it would otherwise hold up whoever takes over its records, because their
 * rows have the same keys.
 */
final class JournalTransaction {

  /** A batch takes some ten milliseconds; a replica that is silent for 10 s is replaced. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final DataSource dataSource;
  private final String bound;

  JournalTransaction(DataSource dataSource, Duration timeout) {
    this.dataSource = dataSource;
    this.bound = "set local transaction_timeout = " + timeout.toMillis();
  }

  /**
   * The fast way: everything is taken to be new.
   *
   * @throws SQLException after which nothing, or everything, may have been written; on a violation
   *     nothing was
   */
  void write(JournalBatch batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(bound);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy(copy, "events", JournalBatch.EVENT_COLUMNS, batch.events);
        copy(copy, "deliveries", JournalBatch.DELIVERY_COLUMNS, batch.deliveries);
        copy(copy, "attempts", JournalBatch.ATTEMPT_COLUMNS, batch.attempts);
        copy(copy, "parked", JournalBatch.PARKED_COLUMNS, batch.parked);
        batch.settlements.apply(connection);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /**
   * The careful way, after a violation or when it is not known whether a batch was committed: what
   * is there stays, but delivered beats parked.
   */
  void writeAgain(JournalBatch batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(bound);
        for (String table : List.of("events", "deliveries", "attempts", "parked")) {
          statement.execute(
              "create temporary table new_%s (like %s including defaults) on commit drop"
                  .formatted(table, table));
        }
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy(copy, "new_events", JournalBatch.EVENT_COLUMNS, batch.events);
        copy(copy, "new_deliveries", JournalBatch.DELIVERY_COLUMNS, batch.deliveries);
        copy(copy, "new_attempts", JournalBatch.ATTEMPT_COLUMNS, batch.attempts);
        copy(copy, "new_parked", JournalBatch.PARKED_COLUMNS, batch.parked);
        for (String merge : MERGE) {
          statement.execute(merge);
        }
        batch.settlements.apply(connection);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /**
   * Writes deliveries and their parked rows in a transaction that somebody else commits.
   *
   * @return how many of the deliveries were not there yet
   */
  static int park(Connection connection, JournalBatch batch) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : List.of("deliveries", "parked")) {
        statement.execute(
            "create temporary table new_%s (like %s including defaults) on commit drop"
                .formatted(table, table));
      }
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      copy(copy, "new_deliveries", JournalBatch.DELIVERY_COLUMNS, batch.deliveries);
      copy(copy, "new_parked", JournalBatch.PARKED_COLUMNS, batch.parked);
      int added = statement.executeUpdate(MERGE_DELIVERIES);
      statement.executeUpdate(MERGE_PARKED);
      statement.execute("drop table new_deliveries, new_parked");
      return added;
    }
  }

  // One batch may hold the same delivery twice: a record that was published twice.
  private static final String MERGE_DELIVERIES =
      """
      insert into deliveries as d
      select distinct on (event_id, subscription_id, replay_id, event_time) *
        from new_deliveries
       order by event_id, subscription_id, replay_id, event_time, status = 'delivered' desc
          on conflict (event_id, subscription_id, replay_id, event_time) do update
         set status = excluded.status, attempts = excluded.attempts,
             last_attempt_at = excluded.last_attempt_at,
             last_duration_us = excluded.last_duration_us,
             last_outcome = excluded.last_outcome, last_http_status = excluded.last_http_status,
             last_error = excluded.last_error, last_answer = excluded.last_answer,
             next_attempt_at = null, reason = null
       where excluded.status = 'delivered' and d.status <> 'delivered'
      """;

  // Only for deliveries that are under this id and still open.
  private static final String MERGE_PARKED =
      """
      insert into parked
      select n.*
        from new_parked n
        join deliveries d on d.delivery_id = n.delivery_id and d.event_time = n.event_time
       where d.status in ('pending', 'retrying')
          on conflict do nothing
      """;

  private static final List<String> MERGE =
      List.of(
          "insert into events select * from new_events on conflict do nothing",
          MERGE_DELIVERIES,
          """
          delete from parked p
           using new_deliveries n, deliveries d
           where n.status = 'delivered'
             and d.event_id = n.event_id and d.subscription_id = n.subscription_id
             and d.replay_id = n.replay_id and d.event_time = n.event_time
             and p.delivery_id = d.delivery_id
          """,
          MERGE_PARKED,
          """
          insert into attempts
          select distinct on (n.delivery_id, n.attempt) n.*
            from new_attempts n
            join deliveries d on d.delivery_id = n.delivery_id and d.event_time = n.event_time
           order by n.delivery_id, n.attempt
              on conflict do nothing
          """);

  private static void copy(CopyManager copy, String table, String columns, CopyRows rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    CopyIn in = copy.copyIn("copy " + table + " (" + columns + ") from stdin (format binary)");
    try {
      rows.writeTo(in::writeToCopy);
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}

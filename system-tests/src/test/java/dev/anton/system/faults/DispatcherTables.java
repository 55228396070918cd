package dev.anton.system.faults;

import dev.anton.system.RunningStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the dispatcher has written down, read past it, and how to keep it from writing. */
final class DispatcherTables {

  private final RunningStack stack;

  DispatcherTables(RunningStack stack) {
    this.stack = stack;
  }

  /** The numbers of events that are known as delivered, from one number to before another. */
  BitSet delivered(Ledger ledger, int from, int to) {
    String sql =
        """
        select event_id from dispatcher.deliveries
         where event_id >= ? and event_id < ? and status = 'delivered'
        """;
    try (Connection connection = stack.database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, ledger.id(from));
      statement.setString(2, ledger.id(to));
      BitSet numbers = new BitSet(to);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          numbers.set(ledger.number(rows.getString(1)));
        }
      }
      return numbers;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many attempts of each event of a run have failed in the dispatcher's eyes. */
  Map<Integer, Integer> failedAttempts(Ledger ledger) {
    String sql =
        """
        select d.event_id, count(*)
          from dispatcher.deliveries d
          join dispatcher.attempts a using (delivery_id, event_time)
         where d.event_id >= ? and d.event_id < ? and a.outcome <> 'delivered'
         group by d.event_id
        """;
    try (Connection connection = stack.database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, ledger.prefix());
      statement.setString(2, ledger.prefix() + "~");
      Map<Integer, Integer> counts = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counts.put(ledger.number(rows.getString(1)), rows.getInt(2));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many deliveries of a run have each status. */
  Map<String, Long> statuses(Ledger ledger) {
    String sql =
        """
        select status, count(*) from dispatcher.deliveries
         where event_id >= ? and event_id < ? group by status
        """;
    try (Connection connection = stack.database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, ledger.prefix());
      statement.setString(2, ledger.prefix() + "~");
      Map<String, Long> counts = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What is written of an event, as JSON: its row, its deliveries, their attempts, what is parked.
   */
  String story(String eventId) {
    String sql =
        """
        select json_build_object(
          'event', (select json_agg(e) from dispatcher.events e where e.event_id = i.id),
          'deliveries',
            (select json_agg(d) from dispatcher.deliveries d where d.event_id = i.id),
          'attempts',
            (select json_agg(a order by a.attempt)
               from dispatcher.deliveries d
               join dispatcher.attempts a using (delivery_id, event_time)
              where d.event_id = i.id),
          'parked',
            (select json_agg(json_build_object('delivery_id', p.delivery_id, 'state', p.state,
                      'due_at', p.due_at, 'lease_owner', p.lease_owner,
                      'fencing_token', p.fencing_token, 'parked_at', p.parked_at))
               from dispatcher.parked p where p.event_id = i.id))
          from (select ?::text as id) i
        """;
    try (Connection connection = stack.database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, eventId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on no session of the dispatcher can write: new ones are read-only, old ones end. */
  void refuseWrites() {
    execute(
        "alter role dispatcher in database anton set default_transaction_read_only = on",
        END_SESSIONS);
  }

  /** Undoes it. */
  void takeWrites() {
    execute(
        "alter role dispatcher in database anton reset default_transaction_read_only",
        END_SESSIONS);
  }

  private static final String END_SESSIONS =
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dispatcher'";

  private void execute(String... statements) {
    try (Connection connection = stack.database();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

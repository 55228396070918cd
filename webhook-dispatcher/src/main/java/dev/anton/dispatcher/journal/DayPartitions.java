package dev.anton.dispatcher.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the journal's partitions ahead of time and drops those past retention. One replica at a
 * time does; the others find nothing left to do.
 *
 * <p>Each step is a transaction of its own that waits for its locks for a second at most, because
 * while it waits, whoever comes after it waits too: the journal is never held longer. If a table is
 * in use, what is left to do with it is left for the next time.
 */
final class DayPartitions {

  private static final Logger log = LoggerFactory.getLogger(DayPartitions.class);

  private static final List<String> TABLES = List.of("events", "deliveries", "attempts");
  private static final String LOCK_TIMEOUT = "1s";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Rows that one statement deletes: some ten milliseconds. */
  private static final int DELETED = 10_000;

  /** Any number that nothing else in this database locks on. */
  private static final long LOCK = 0x616e746f6e6a726eL;

  private final DataSource dataSource;
  private final JournalSettings settings;
  private final Clock clock;

  DayPartitions(DataSource dataSource, JournalSettings settings, Clock clock) {
    this.dataSource = dataSource;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Brings the partitions in line with today; waits for a replica that is at it.
   *
   * @return whether all was done; if not, a table was in use for too long
   */
  boolean maintain() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      try {
        boolean done = true;
        for (String table : TABLES) {
          done &= maintain(connection, table);
        }
        return done;
      } finally {
        statement.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    }
  }

  private boolean maintain(Connection connection, String table) throws SQLException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate oldest = today.minusDays(settings.retention().toDays());
    Set<LocalDate> days = PartitionNames.attached(connection, table);
    List<List<String>> steps = new ArrayList<>();
    // Yesterday, for events that are published around midnight; older ones of a backlog share
    // the default partition.
    for (LocalDate day = today.minusDays(1);
        !day.isAfter(today.plusDays(settings.daysAhead()));
        day = day.plusDays(1)) {
      if (!days.contains(day)) {
        steps.add(create(table, day));
      }
    }
    for (LocalDate day : days) {
      if (day.isBefore(oldest)) {
        steps.add(
            List.of(
                "alter table %s detach partition %s"
                    .formatted(table, PartitionNames.of(table, day))));
      }
    }
    boolean done = true;
    for (List<String> step : steps) {
      done = done && step(connection, step);
    }
    // Only what was detached, now or before a crash: nobody reads it, and nobody waits for it.
    for (LocalDate day : PartitionNames.detached(connection, table)) {
      if (day.isBefore(oldest)
          && step(connection, List.of("drop table " + PartitionNames.of(table, day)))) {
        log.info("Dropped the {} of {}", table, day);
      }
    }
    deleteBefore(connection, table, oldest);
    return done;
  }

  /**
   * Rows of that day that went to the default partition move over; nobody may add another between
   * their move and the new partition, which would then be refused.
   */
  private static List<String> create(String table, LocalDate day) {
    String name = PartitionNames.of(table, day);
    String from = PartitionNames.start(day);
    String to = PartitionNames.start(day.plusDays(1));
    return List.of(
        "lock table only %s in share update exclusive mode".formatted(table),
        "lock table %s_default in access exclusive mode".formatted(table),
        "create table %s (like %s including defaults including constraints)".formatted(name, table),
        """
        with moved as (
          delete from %1$s_default where event_time >= %3$s and event_time < %4$s returning *)
        insert into %2$s select * from moved
        """
            .formatted(table, name, from, to),
        "alter table %s attach partition %s for values from (%s) to (%s)"
            .formatted(table, name, from, to));
  }

  /** Late ones, of which no partition was made. */
  private static void deleteBefore(Connection connection, String table, LocalDate oldest)
      throws SQLException {
    String delete =
        """
        delete from %1$s_default
         where ctid = any(array(
                 select ctid from %1$s_default where event_time < %2$s limit %3$d))
        """
            .formatted(table, PartitionNames.start(oldest), DELETED);
    try (Statement statement = connection.createStatement()) {
      int deleted;
      do {
        deleted = statement.executeUpdate(delete);
      } while (deleted == DELETED);
    }
  }

  /** One transaction; false if it could not have a lock in time. */
  private static boolean step(Connection connection, List<String> statements) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        log.warn("Not now, the table is in use: {}", statements.getLast().strip());
        return false;
      }
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}

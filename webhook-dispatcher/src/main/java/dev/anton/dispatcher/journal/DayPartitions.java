package dev.anton.dispatcher.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the journal's partitions ahead of time and drops those past retention. One replica at a
 * time does; the others find nothing left to do.
 */
final class DayPartitions {

  private static final Logger log = LoggerFactory.getLogger(DayPartitions.class);

  private static final List<String> TABLES = List.of("events", "deliveries", "attempts");
  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMMdd");

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

  /** Brings the partitions in line with today; waits for a replica that is at it. */
  void maintain() throws SQLException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate oldest = today.minusDays(settings.retention().toDays());
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      for (String table : TABLES) {
        List<LocalDate> days = days(connection, table);
        // Yesterday, for events that are published around midnight; older ones of a backlog share
        // the default partition.
        for (LocalDate day = today.minusDays(1);
            !day.isAfter(today.plusDays(settings.daysAhead()));
            day = day.plusDays(1)) {
          if (!days.contains(day)) {
            create(statement, table, day);
          }
        }
        for (LocalDate day : days) {
          if (day.isBefore(oldest)) {
            statement.execute("drop table " + name(table, day));
            log.info("Dropped the {} of {}", table, day);
          }
        }
        statement.execute(
            "delete from %s_default where event_time < timestamptz '%s 00:00:00+00'"
                .formatted(table, oldest));
      }
      connection.commit();
    }
  }

  /** Rows of that day that went to the default partition move over. */
  private static void create(Statement statement, String table, LocalDate day) throws SQLException {
    String name = name(table, day);
    String from = "timestamptz '" + day + " 00:00:00+00'";
    String to = "timestamptz '" + day.plusDays(1) + " 00:00:00+00'";
    statement.execute(
        "create table %s (like %s including defaults including constraints)"
            .formatted(name, table));
    statement.execute(
        """
        with moved as (
          delete from %1$s_default where event_time >= %3$s and event_time < %4$s returning *)
        insert into %2$s select * from moved
        """
            .formatted(table, name, from, to));
    statement.execute(
        "alter table %s attach partition %s for values from (%s) to (%s)"
            .formatted(table, name, literal(day), literal(day.plusDays(1))));
  }

  private static String literal(LocalDate day) {
    return "'" + day + " 00:00:00+00'";
  }

  private static String name(String table, LocalDate day) {
    return table + "_" + SUFFIX.format(day);
  }

  private static List<LocalDate> days(Connection connection, String table) throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select c.relname
              from pg_inherits i
              join pg_class c on c.oid = i.inhrelid
             where i.inhparent = ?::regclass
               and c.relname ~ '_[0-9]{8}$'
            """)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          days.add(LocalDate.parse(name.substring(name.length() - 8), SUFFIX));
        }
      }
    }
    return days;
  }
}

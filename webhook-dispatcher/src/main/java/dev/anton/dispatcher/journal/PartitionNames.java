package dev.anton.dispatcher.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.SortedSet;
import java.util.TreeSet;

/** A day's partition is called as its table and the day: {@code events_20261126}. */
final class PartitionNames {

  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMMdd");

  private static final String DAYS =
      """
      select right(c.relname, 8)
        from pg_class c
       where c.relnamespace = (select relnamespace from pg_class where oid = ?::regclass)
         and c.relkind = 'r'
         and c.relname ~ ('^' || ? || '_[0-9]{8}$')
         and c.relispartition = ?
      """;

  private PartitionNames() {}

  static String of(String table, LocalDate day) {
    return table + "_" + SUFFIX.format(day);
  }

  /** Where a day begins, in SQL. */
  static String start(LocalDate day) {
    return "'" + day + " 00:00:00+00'";
  }

  /** Days that are part of the table. */
  static SortedSet<LocalDate> attached(Connection connection, String table) throws SQLException {
    return days(connection, table, true);
  }

  /** Days that were part of the table and were not dropped yet. */
  static SortedSet<LocalDate> detached(Connection connection, String table) throws SQLException {
    return days(connection, table, false);
  }

  private static SortedSet<LocalDate> days(Connection connection, String table, boolean attached)
      throws SQLException {
    SortedSet<LocalDate> days = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(DAYS)) {
      statement.setString(1, table);
      statement.setString(2, table);
      statement.setBoolean(3, attached);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          days.add(LocalDate.parse(rows.getString(1), SUFFIX));
        }
      }
    }
    return days;
  }
}

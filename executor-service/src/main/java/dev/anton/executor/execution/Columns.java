package dev.anton.executor.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Times and arrays on their way to and from PostgreSQL. */
final class Columns {

  private Columns() {}

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** As text, for a cast to {@code timestamptz}; the maximum is PostgreSQL's infinity. */
  static @Nullable String timestamp(@Nullable Instant time) {
    if (time == null) {
      return null;
    }
    return time.equals(Instant.MAX) ? "infinity" : time.toString();
  }

  /** One column of many rows. */
  static <T> @Nullable String[] texts(
      Collection<T> rows, Function<? super T, ? extends @Nullable String> column) {
    @Nullable String[] values = new @Nullable String[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    return values;
  }

  static <T> Integer[] integers(Collection<T> rows, Function<? super T, Integer> column) {
    return rows.stream().map(column).toArray(Integer[]::new);
  }

  static <T> Boolean[] booleans(Collection<T> rows, Function<? super T, Boolean> column) {
    return rows.stream().map(column).toArray(Boolean[]::new);
  }
}

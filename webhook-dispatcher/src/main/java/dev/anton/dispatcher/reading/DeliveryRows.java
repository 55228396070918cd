package dev.anton.dispatcher.reading;

import dev.anton.dispatcher.reading.DeliveryView.EventReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of the journal as what clients see. */
final class DeliveryRows {

  private DeliveryRows() {}

  static DeliveryView delivery(ResultSet row, int number) throws SQLException {
    return new DeliveryView(
        row.getString("delivery_id"),
        row.getString("subscription_id"),
        event(row),
        row.getString("status"),
        emptyToNull(row.getString("replay_id")),
        row.getInt("attempts"),
        time(row, "created_at"),
        lastAttempt(row),
        optionalTime(row, "next_attempt_at"),
        row.getString("reason"),
        row.getString("dead_letter_id"),
        null);
  }

  static AttemptView attempt(ResultSet row, int number) throws SQLException {
    return new AttemptView(
        row.getInt("attempt"),
        time(row, "attempted_at"),
        millis(row.getLong("duration_us")),
        row.getString("outcome"),
        row.getObject("http_status", Integer.class),
        row.getString("error"),
        row.getString("answer"));
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable AttemptView lastAttempt(ResultSet row) throws SQLException {
    Instant at = optionalTime(row, "last_attempt_at");
    return at == null
        ? null
        : new AttemptView(
            row.getInt("attempts"),
            at,
            millis(row.getLong("last_duration_us")),
            row.getString("last_outcome"),
            row.getObject("last_http_status", Integer.class),
            row.getString("last_error"),
            row.getString("last_answer"));
  }

  static EventReference event(ResultSet row) throws SQLException {
    return new EventReference(
        row.getString("event_id"),
        row.getString("event_type"),
        time(row, "event_time"),
        row.getString("event_key"));
  }

  static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static double millis(long micros) {
    return micros / 1_000.0;
  }

  static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

package dev.anton.dispatcher.replay;

import dev.anton.schemas.id.Tenant;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is stored.
 *
 * @param position behind what was looked at; empty at the beginning
 */
record Replay(
    String id,
    ReplayOrder order,
    Status status,
    Counts counts,
    String position,
    Instant createdAt) {

  /**
   * How far it is.
   *
   * @param waitsFor why it does not go on right now, null if it does
   * @param error why it failed, null if it did not
   */
  record Status(
      ReplayState state,
      @Nullable String waitsFor,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  /**
   * What was done so far.
   *
   * @param scanned deliveries, dead letters or records that were looked at
   * @param enqueued deliveries that were made
   * @param gone selected, but the event is no longer on Kafka; for {@code missed}, records that
   *     retention took before they were read
   * @param passedOver selected, but its webhook is paused, disabled or deleted
   */
  record Counts(long scanned, long enqueued, long gone, long passedOver) {}

  static Replay read(ResultSet row, int number) throws SQLException {
    return new Replay(
        row.getString("replay_id"),
        order(row),
        new Status(
            ReplayState.of(row.getString("state")),
            row.getString("waits_for"),
            row.getString("error"),
            optionalTime(row, "started_at"),
            optionalTime(row, "finished_at")),
        new Counts(
            row.getLong("scanned"),
            row.getLong("enqueued"),
            row.getLong("gone"),
            row.getLong("passed_over")),
        row.getString("position"),
        time(row, "created_at"));
  }

  private static ReplayOrder order(ResultSet row) throws SQLException {
    Array events = row.getArray("events");
    return new ReplayOrder(
        new Tenant(row.getString("tenant")),
        row.getString("subscription_id"),
        ReplaySelection.of(row.getString("selection")),
        optionalTime(row, "since"),
        time(row, "until"),
        events == null ? null : List.of((String[]) events.getArray()),
        row.getString("reason"),
        row.getInt("max_rate"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(optionalTime(row, column));
  }

  private static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

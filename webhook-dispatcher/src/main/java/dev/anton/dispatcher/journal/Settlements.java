package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of parked rows, applied in one statement. */
final class Settlements {

  /**
   * A row with a state waits again, one without is final. The fencing token decides whether the
   * word of this replica still counts; a delivery that arrived counts in any case.
   */
  private static final String SQL =
      """
      with settled as (
        select *
          from unnest(?::text[], ?::timestamptz[], ?::bigint[], ?::text[], ?::integer[],
                      ?::timestamptz[], ?::bigint[], ?::text[], ?::integer[], ?::text[], ?::text[],
                      ?::timestamptz[], ?::text[], ?::text[], ?::timestamptz[], ?::text[],
                      ?::integer[], ?::bigint[])
            as s(delivery_id, event_time, token, status, attempts,
                 attempted_at, duration_us, outcome, http_status, error, answer,
                 next_attempt_at, reason, state, due_at, dead_letter_id,
                 dead_letter_partition, dead_letter_offset)),
      gone as (
        delete from parked p
         using settled s
         where s.state is null
           and p.delivery_id = s.delivery_id
           and (s.status = 'delivered' or p.fencing_token = s.token)
        returning p.delivery_id),
      again as (
        update parked p
           set state = s.state, due_at = s.due_at, attempts = s.attempts, lease_owner = null,
               dead_letter_id = s.dead_letter_id, reason = s.reason
          from settled s
         where s.state is not null
           and p.delivery_id = s.delivery_id
           and p.fencing_token = s.token
        returning p.delivery_id)
      update deliveries d
         set status = s.status,
             attempts = s.attempts,
             last_attempt_at = case when s.outcome is null then d.last_attempt_at else s.attempted_at end,
             last_duration_us = case when s.outcome is null then d.last_duration_us else s.duration_us end,
             last_outcome = coalesce(s.outcome, d.last_outcome),
             last_http_status = case when s.outcome is null then d.last_http_status else s.http_status end,
             last_error = case when s.outcome is null then d.last_error else s.error end,
             last_answer = case when s.outcome is null then d.last_answer else s.answer end,
             next_attempt_at = s.next_attempt_at,
             reason = s.reason,
             dead_letter_id = case when s.status = 'dead' then s.dead_letter_id else d.dead_letter_id end,
             dead_letter_partition = coalesce(s.dead_letter_partition, d.dead_letter_partition),
             dead_letter_offset = coalesce(s.dead_letter_offset, d.dead_letter_offset)
        from settled s
       where d.delivery_id = s.delivery_id
         and d.event_time = s.event_time
         and d.status <> 'delivered'
         and (s.status = 'delivered'
              or s.delivery_id in (select delivery_id from gone)
              or s.delivery_id in (select delivery_id from again))
      """;

  private static final int COLUMNS = 18;

  private final List<@Nullable String[]> rows = new ArrayList<>();

  void clear() {
    rows.clear();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void delivered(Delivery delivery, Attempt attempt) {
    row(delivery, "delivered", attempt, null);
  }

  void parkedAgain(Delivery delivery, @Nullable Attempt attempt, Parking parking) {
    boolean attempted = JournalBatch.attemptsUsed(delivery, attempt) > 0;
    @Nullable String[] row =
        row(delivery, attempted ? "retrying" : "pending", attempt, parking.reason());
    row[11] = text(JournalBatch.dueAt(parking));
    row[13] = parking.state().column();
    row[14] = text(parking.dueAt());
    row[15] = parking.deadLetterId();
  }

  void skipped(Delivery delivery, @Nullable Attempt attempt, String reason) {
    row(delivery, "skipped", attempt, reason);
  }

  void dead(JournalEntry.Dead entry) {
    @Nullable String[] row = row(entry.delivery(), "dead", null, entry.reason());
    row[15] = entry.deadLetterId();
    row[16] = Integer.toString(entry.partition());
    row[17] = Long.toString(entry.offset());
  }

  void apply(Connection connection) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      for (int column = 0; column < COLUMNS; column++) {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = rows.get(i)[column];
        }
        statement.setArray(column + 1, connection.createArrayOf("text", values));
      }
      statement.executeUpdate();
    }
  }

  private @Nullable String[] row(
      Delivery delivery, String status, @Nullable Attempt attempt, @Nullable String reason) {
    @Nullable String[] row = new @Nullable String[COLUMNS];
    row[0] = delivery.id();
    row[1] = text(delivery.inbound().time());
    row[2] = Long.toString(delivery.fencingToken());
    row[3] = status;
    row[4] = Integer.toString(JournalBatch.attemptsUsed(delivery, attempt));
    if (attempt != null) {
      Integer httpStatus = attempt.outcome().httpStatus();
      row[5] = text(attempt.at());
      row[6] = Long.toString(attempt.duration().toNanos() / 1000);
      row[7] = attempt.outcome().name();
      row[8] = httpStatus == null ? null : httpStatus.toString();
      row[9] = storable(attempt.outcome().error());
      row[10] = storable(attempt.outcome().answer());
    }
    row[12] = reason;
    rows.add(row);
    return row;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /** PostgreSQL's text holds everything but NUL. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace('\0', '?');
  }
}

package dev.anton.dispatcher.engine;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the journal's tables say, for tests. */
final class JournalView {

  private final JdbcClient jdbc;

  JournalView(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Row(
      String deliveryId,
      String status,
      int attempts,
      @Nullable String lastOutcome,
      @Nullable Integer lastHttpStatus,
      @Nullable OffsetDateTime lastAttemptAt,
      @Nullable OffsetDateTime nextAttemptAt,
      @Nullable String reason,
      @Nullable String deadLetterId) {}

  record AttemptRow(
      int attempt, String outcome, @Nullable Integer httpStatus, @Nullable String answer) {}

  Optional<Row> delivery(String eventId, String subscriptionId) {
    return jdbc.sql(
            """
            select delivery_id, status, attempts, last_outcome, last_http_status,
                   last_attempt_at, next_attempt_at, reason, dead_letter_id
              from deliveries
             where event_id = ? and subscription_id = ?
            """)
        .params(eventId, subscriptionId)
        .query(Row.class)
        .optional();
  }

  /** The delivery once it has this status. */
  Row awaitStatus(String status, String eventId, String subscriptionId) {
    return await()
        .alias("delivery of " + eventId + " is " + status)
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> delivery(eventId, subscriptionId),
            found -> found.isPresent() && found.get().status().equals(status))
        .orElseThrow();
  }

  List<AttemptRow> attempts(String deliveryId) {
    return jdbc.sql(
            """
            select attempt, outcome, http_status, answer
              from delivery_attempts where delivery_id = ? order by attempt
            """)
        .param(deliveryId)
        .query(AttemptRow.class)
        .list();
  }

  /** When the last attempt of each of the subscription's deliveries began, earliest first. */
  List<OffsetDateTime> lastAttempts(String subscriptionId) {
    return jdbc.sql(
            """
            select last_attempt_at from deliveries
             where subscription_id = ? and last_attempt_at is not null order by last_attempt_at
            """)
        .param(subscriptionId)
        .query(OffsetDateTime.class)
        .list();
  }

  boolean isParked(String deliveryId) {
    return count("select count(*) from parked where delivery_id = ?", deliveryId) > 0;
  }

  Optional<Integer> matchesOf(String eventId) {
    return jdbc.sql("select matched from events where event_id = ?")
        .param(eventId)
        .query(Integer.class)
        .optional();
  }

  long deliveries(String subscriptionId, String status) {
    return jdbc.sql("select count(*) from deliveries where subscription_id = ? and status = ?")
        .params(subscriptionId, status)
        .query(Long.class)
        .single();
  }

  long deliveriesIn(String table, String subscriptionId) {
    return count("select count(*) from " + table + " where subscription_id = ?", subscriptionId);
  }

  private long count(String sql, String parameter) {
    return jdbc.sql(sql).param(parameter).query(Long.class).single();
  }
}

package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.journal.JournalEntry.Dead;
import dev.anton.dispatcher.journal.JournalEntry.Delivered;
import dev.anton.dispatcher.journal.JournalEntry.DeliveredAtOnce;
import dev.anton.dispatcher.journal.JournalEntry.Parked;
import dev.anton.dispatcher.journal.JournalEntry.ParkedAgain;
import dev.anton.dispatcher.journal.JournalEntry.Seen;
import dev.anton.dispatcher.journal.JournalEntry.Skipped;
import dev.anton.dispatcher.journal.JournalEntry.SkippedAtOnce;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one transaction, built from entries. */
final class JournalBatch {

  /** The columns that {@link #delivery} writes, in its order. */
  static final String DELIVERY_COLUMNS =
      """
      delivery_id, tenant, subscription_id, event_id, replay_id, event_time, event_type, event_key, \
      status, attempts, created_at, last_attempt_at, last_duration_us, last_outcome, \
      last_http_status, last_error, last_answer, next_attempt_at, reason\
      """;

  static final String EVENT_COLUMNS =
      """
      tenant, event_id, event_time, event_type, source, subject, event_key, sequence, topic, \
      kafka_partition, kafka_offset, logged_at, size_bytes, matched, filtered\
      """;

  static final String ATTEMPT_COLUMNS =
      """
      delivery_id, attempt, event_time, tenant, attempted_at, duration_us, outcome, http_status, \
      error, answer\
      """;

  static final String PARKED_COLUMNS =
      """
      delivery_id, tenant, subscription_id, event_id, replay_id, event_time, event_type, topic, \
      kafka_partition, kafka_offset, logged_at, record_key, record_headers, record_value, state, \
      attempts, due_at, lease_owner, fencing_token, dead_letter_id, reason, parked_at, \
      order_key\
      """;

  /** A key is shown and searched for, not joined on: what is longer is cut. */
  private static final int MAX_KEY = 512;

  final CopyRows events = new CopyRows();
  final CopyRows deliveries = new CopyRows();
  final CopyRows attempts = new CopyRows();
  final CopyRows parked = new CopyRows();
  final Settlements settlements = new Settlements();

  /** Starts over with these entries. */
  void fill(List<JournalEntry> entries, Instant now) {
    events.clear();
    deliveries.clear();
    attempts.clear();
    parked.clear();
    settlements.clear();
    for (JournalEntry entry : entries) {
      add(entry, now);
    }
  }

  private void add(JournalEntry entry, Instant now) {
    switch (entry) {
      case Seen e -> event(e);
      case DeliveredAtOnce e -> delivery(e.delivery(), "delivered", e.attempt(), null, null);
      case SkippedAtOnce e -> {
        delivery(e.delivery(), "skipped", e.attempt(), null, e.reason());
        attempt(e.delivery(), e.attempt());
      }
      case Parked e -> {
        String status = e.attempt() == null ? "pending" : "retrying";
        Parking parking = e.parking();
        delivery(e.delivery(), status, e.attempt(), dueAt(parking), parking.reason());
        attempt(e.delivery(), e.attempt());
        parked(e.delivery(), e.attempt(), parking, now);
      }
      case Delivered e -> {
        if (e.attempt().number() > 1) {
          // The only attempt of a delivery that succeeded stands in its own row.
          attempt(e.delivery(), e.attempt());
        }
        settlements.delivered(e.delivery(), e.attempt());
      }
      case ParkedAgain e -> {
        attempt(e.delivery(), e.attempt());
        settlements.parkedAgain(e.delivery(), e.attempt(), e.parking());
      }
      case Skipped e -> {
        attempt(e.delivery(), e.attempt());
        settlements.skipped(e.delivery(), e.attempt(), e.reason());
      }
      case Dead e -> settlements.dead(e);
    }
  }

  /** When the next attempt is; unknown for what waits for its endpoint. */
  static @Nullable Instant dueAt(Parking parking) {
    return parking.state() == ParkedState.DUE && !parking.isLeased() ? parking.dueAt() : null;
  }

  static int attemptsUsed(Delivery delivery, @Nullable Attempt attempt) {
    return attempt == null ? delivery.attemptsUsed() : attempt.number();
  }

  private void event(Seen seen) {
    InboundEvent inbound = seen.inbound();
    EventRecord event = inbound.event();
    events
        .text(event.tenant().id())
        .text(event.id())
        .time(inbound.time())
        .text(event.type())
        .text(event.source())
        .text(event.subject())
        .text(cut(event.key()))
        .bigint(event.sequence())
        .text(inbound.position().topic())
        .integer(inbound.position().partition())
        .bigint(inbound.position().offset())
        .time(inbound.loggedAt())
        .integer(event.data().length)
        .integer(seen.matched())
        .integer(seen.filtered())
        .endRow();
  }

  private void delivery(
      Delivery delivery,
      String status,
      @Nullable Attempt attempt,
      @Nullable Instant nextAttempt,
      @Nullable String reason) {
    EventRecord event = delivery.inbound().event();
    deliveries
        .text(delivery.id())
        .text(event.tenant().id())
        .text(delivery.subscriptionId())
        .text(event.id())
        .text(delivery.replayId())
        .time(delivery.inbound().time())
        .text(event.type())
        .text(cut(event.key()))
        .text(status)
        .integer(attemptsUsed(delivery, attempt))
        .time(delivery.createdAt());
    result(deliveries, attempt);
    deliveries.time(nextAttempt).text(reason).endRow();
  }

  private void attempt(Delivery delivery, @Nullable Attempt attempt) {
    if (attempt == null) {
      return;
    }
    attempts
        .text(delivery.id())
        .integer(attempt.number())
        .time(delivery.inbound().time())
        .text(delivery.inbound().event().tenant().id());
    result(attempts, attempt);
    attempts.endRow();
  }

  /** Six columns: when, how long, outcome, status, error, answer. */
  private static void result(CopyRows rows, @Nullable Attempt attempt) {
    if (attempt == null) {
      rows.text(null).text(null).text(null).text(null).text(null).text(null);
      return;
    }
    rows.time(attempt.at())
        .bigint(attempt.duration().toNanos() / 1000)
        .text(attempt.outcome().name())
        .integer(attempt.outcome().httpStatus())
        .text(attempt.outcome().error())
        .text(attempt.outcome().answer());
  }

  private void parked(
      Delivery delivery, @Nullable Attempt attempt, Parking parking, Instant parkedAt) {
    InboundEvent inbound = delivery.inbound();
    EventRecord event = inbound.event();
    parked
        .text(delivery.id())
        .text(event.tenant().id())
        .text(delivery.subscriptionId())
        .text(event.id())
        .text(delivery.replayId())
        .time(inbound.time())
        .text(event.type())
        .text(inbound.position().topic())
        .integer(inbound.position().partition())
        .bigint(inbound.position().offset())
        .time(inbound.loggedAt())
        .bytea(inbound.rawKey())
        .bytea(RecordHeaderBytes.write(inbound.headers()))
        .bytea(event.data())
        .text(parking.state().column())
        .integer(attemptsUsed(delivery, attempt))
        .time(parking.dueAt())
        .text(parking.leaseOwner())
        .bigint(parking.isLeased() ? Parking.FIRST_TOKEN : 0)
        .text(parking.deadLetterId())
        .text(parking.reason())
        .time(parkedAt)
        .bigint(delivery.orderKey())
        .endRow();
  }

  private static @Nullable String cut(@Nullable String key) {
    return key == null || key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY);
  }
}

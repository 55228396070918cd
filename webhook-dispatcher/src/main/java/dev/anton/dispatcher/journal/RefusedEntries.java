package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.backbone.UndecodableRecords;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that the database refuses for what is in them. The event's record goes to the topic for
 * what cannot be read, with the reason, and the entry counts as durable when it is there. A
 * delivery that is parked stays so, for later: whoever mends the cause finds it.
 */
final class RefusedEntries {

  private static final Logger log = LoggerFactory.getLogger(RefusedEntries.class);

  /** Each new attempt may be a duplicate for its receiver. */
  private static final Duration POSTPONED = Duration.ofHours(1);

  private static final String POSTPONE =
      """
      update parked
         set due_at = now() + ? * interval '1 second', lease_owner = null,
             reason = 'its outcome cannot be written'
       where delivery_id = ? and fencing_token = ?
      """;

  private final DataSource dataSource;
  private final UndecodableRecords aside;
  private final Counter counter;

  RefusedEntries(DataSource dataSource, UndecodableRecords aside, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.aside = aside;
    this.counter =
        Counter.builder("anton.journal.refused")
            .description("Entries that the database refused and that were put aside")
            .register(meters);
  }

  /** Takes an entry; it gets its receipt when Kafka has its record. */
  void putAside(JournalEntry entry, Exception cause) {
    counter.increment();
    Delivery delivery = delivery(entry);
    String what = delivery == null ? "event" : "delivery " + delivery.id();
    log.error("The journal refuses an entry of {}", what, cause);
    if (delivery != null && delivery.isParked()) {
      postpone(delivery);
    }
    aside.putAside(
        inbound(entry),
        "The journal refuses an entry of this %s: %s".formatted(what, state(cause)),
        entry.receipt()::durable);
  }

  private void postpone(Delivery delivery) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(POSTPONE)) {
      statement.setLong(1, POSTPONED.toSeconds());
      statement.setString(2, delivery.id());
      statement.setLong(3, delivery.fencingToken());
      statement.executeUpdate();
    } catch (SQLException e) {
      log.warn("Delivery {} is attempted again when its lease ends", delivery.id(), e);
    }
  }

  /** Not the message: it may hold a part of the row. */
  private static String state(Exception cause) {
    return cause instanceof SQLException sql
        ? "PostgreSQL says " + sql.getSQLState()
        : "it is no row";
  }

  private static InboundEvent inbound(JournalEntry entry) {
    return entry instanceof JournalEntry.Seen seen
        ? seen.inbound()
        : Objects.requireNonNull(delivery(entry)).inbound();
  }

  private static @Nullable Delivery delivery(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Seen _ -> null;
      case JournalEntry.DeliveredAtOnce e -> e.delivery();
      case JournalEntry.SkippedAtOnce e -> e.delivery();
      case JournalEntry.Parked e -> e.delivery();
      case JournalEntry.Delivered e -> e.delivery();
      case JournalEntry.ParkedAgain e -> e.delivery();
      case JournalEntry.Skipped e -> e.delivery();
      case JournalEntry.Dead e -> e.delivery();
    };
  }
}

package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.reading.DeliveryStatus;
import dev.anton.schemas.kafka.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the journal has it, and where its event's record was.
 *
 * @param record null if the journal does not know the event, which lies in the dead letters only
 * @param deadLetter where it lies in the dead-letter topic, null if it does not
 * @param loggedAt the broker's time of the record
 */
record PastDelivery(
    String id,
    String subscriptionId,
    DeliveryStatus status,
    String eventId,
    Instant eventTime,
    @Nullable RecordPosition record,
    @Nullable RecordPosition deadLetter,
    @Nullable Instant loggedAt) {

  /** What a query selects for {@link #read}, from deliveries d and, perhaps, events e. */
  static final String COLUMNS =
      """
      d.delivery_id, d.subscription_id, d.status, d.event_id, d.event_time, d.dead_letter_id, \
      d.dead_letter_partition, d.dead_letter_offset, e.topic, e.kafka_partition, e.kafka_offset, \
      e.logged_at\
      """;

  static final String FROM =
      """
      deliveries d
      left join events e
        on e.event_id = d.event_id and e.tenant = d.tenant and e.event_time = d.event_time\
      """;

  static PastDelivery read(ResultSet row, int number) throws SQLException {
    Long deadLetter = row.getObject("dead_letter_offset", Long.class);
    String topic = row.getString("topic");
    OffsetDateTime loggedAt = row.getObject("logged_at", OffsetDateTime.class);
    return new PastDelivery(
        row.getString("delivery_id"),
        row.getString("subscription_id"),
        DeliveryStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getString("event_id"),
        row.getObject("event_time", OffsetDateTime.class).toInstant(),
        topic == null
            ? null
            : new RecordPosition(topic, row.getInt("kafka_partition"), row.getLong("kafka_offset")),
        deadLetter == null
            ? null
            : new RecordPosition(
                Topics.DEAD_LETTER, row.getInt("dead_letter_partition"), deadLetter),
        loggedAt == null ? null : loggedAt.toInstant());
  }
}

package dev.anton.dispatcher.delivery;

import dev.anton.schemas.kafka.EventRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was read, with all that is needed to write its record again byte for byte.
 *
 * @param loggedAt the broker's time of the record
 * @param rawKey the record's key
 * @param headers the record's headers, those that are not ours included
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go back to Kafka as they came
public record InboundEvent(
    EventRecord event,
    RecordPosition position,
    Instant loggedAt,
    byte @Nullable [] rawKey,
    Headers headers) {

  /**
   * The event's time as the journal keeps it: PostgreSQL rounds below a microsecond, and a rounded
   * time could fall into the next day's partition.
   */
  public Instant time() {
    return event.time().truncatedTo(ChronoUnit.MICROS);
  }
}

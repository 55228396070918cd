package dev.anton.dispatcher.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads records as events. */
public final class EventReading {

  private EventReading() {}

  /**
   * Reads a record's attributes; its value is taken as it is.
   *
   * @throws UndecodableEventException if it is no event in CloudEvents' binary mode
   */
  public static InboundEvent read(ConsumerRecord<byte[], byte[]> record)
      throws UndecodableEventException {
    byte @Nullable [] key = record.key();
    return new InboundEvent(
        CloudEventHeaders.read(
            record.headers(), key == null ? null : new String(key, UTF_8), record.value()),
        new RecordPosition(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        key,
        record.headers());
  }
}

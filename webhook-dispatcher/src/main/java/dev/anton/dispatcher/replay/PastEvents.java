package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.deadletter.DeadLetterHeaders;
import dev.anton.dispatcher.delivery.EventReading;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Finds the events of past deliveries: on their topics or else among the dead letters. */
final class PastEvents {

  private final EventLog log;

  PastEvents(EventLog log) {
    this.log = log;
  }

  /**
   * Reads the events from Kafka.
   *
   * @param deliveries at most some hundred
   * @return by delivery id; one that is not in it was taken by retention
   */
  Map<String, InboundEvent> find(List<PastDelivery> deliveries) {
    Map<String, InboundEvent> found = new HashMap<>();
    add(found, deliveries, PastDelivery::record);
    add(
        found,
        deliveries.stream().filter(past -> !found.containsKey(past.id())).toList(),
        PastDelivery::deadLetter);
    return found;
  }

  private void add(
      Map<String, InboundEvent> found,
      List<PastDelivery> deliveries,
      Function<PastDelivery, @Nullable RecordPosition> place) {
    Collection<RecordPosition> places =
        deliveries.stream().map(place).filter(Objects::nonNull).toList();
    Map<RecordPosition, ConsumerRecord<byte[], byte[]>> records = log.read(places);
    for (PastDelivery past : deliveries) {
      RecordPosition position = place.apply(past);
      ConsumerRecord<byte[], byte[]> record = position == null ? null : records.get(position);
      InboundEvent event = record == null ? null : event(past, record);
      if (event != null) {
        found.put(past.id(), event);
      }
    }
  }

  /** Null if another event lies there by now, as in a topic that was made anew. */
  private static @Nullable InboundEvent event(
      PastDelivery past, ConsumerRecord<byte[], byte[]> record) {
    try {
      InboundEvent event = EventReading.read(original(past, record));
      return event.event().id().equals(past.eventId()) ? event : null;
    } catch (UndecodableEventException e) {
      return null;
    }
  }

  /** The record as it lay on its topic. */
  private static ConsumerRecord<byte[], byte[]> original(
      PastDelivery past, ConsumerRecord<byte[], byte[]> record) {
    if (!DeadLetterHeaders.isLetter(record.headers())) {
      return record;
    }
    RecordPosition position =
        past.record() == null
            ? new RecordPosition(record.topic(), record.partition(), record.offset())
            : past.record();
    Instant loggedAt = past.loggedAt();
    Headers headers = new RecordHeaders(record.headers());
    DeadLetterHeaders.removeFrom(headers);
    return new ConsumerRecord<>(
        position.topic(),
        position.partition(),
        position.offset(),
        loggedAt == null ? record.timestamp() : loggedAt.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        headers,
        record.leaderEpoch());
  }
}

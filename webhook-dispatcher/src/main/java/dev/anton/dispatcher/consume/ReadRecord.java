package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.schemas.kafka.UndecodableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A record after the look at what it is. */
sealed interface ReadRecord {

  ConsumerRecord<byte[], byte[]> record();

  default long offset() {
    return record().offset();
  }

  default TopicPartition partition() {
    return new TopicPartition(record().topic(), record().partition());
  }

  /** What it takes of the memory budget. */
  default int bytes() {
    return Math.max(0, record().serializedKeySize()) + Math.max(0, record().serializedValueSize());
  }

  record Event(ConsumerRecord<byte[], byte[]> record, InboundEvent inbound) implements ReadRecord {}

  record Unreadable(ConsumerRecord<byte[], byte[]> record, String reason) implements ReadRecord {}

  static ReadRecord of(ConsumerRecord<byte[], byte[]> record, EventCheck check) {
    try {
      return new Event(record, check.read(record));
    } catch (UndecodableEventException e) {
      return new Unreadable(record, String.valueOf(e.getMessage()));
    }
  }
}

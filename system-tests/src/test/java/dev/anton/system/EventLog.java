package dev.anton.system;

import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What lies on the backbone, read from its beginning. */
final class EventLog {

  private final String bootstrapServers;

  EventLog(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The lifecycle events of a key in the order of the topic, repetitions included. */
  List<EventRecord> eventsOf(String key) {
    List<EventRecord> events = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records(Topics.LIFECYCLE_EVENTS)) {
      if (key.equals(record.key())) {
        try {
          events.add(CloudEventHeaders.fromRecord(record));
        } catch (UndecodableEventException e) {
          throw new AssertionError(e);
        }
      }
    }
    return events;
  }

  List<ConsumerRecord<String, byte[]>> records(String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }
}

package dev.anton.system;

import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What lies on the backbone, read from its beginning; each topic is read once and then followed.
 */
public final class EventLog implements AutoCloseable {

  private final String bootstrapServers;
  private final Map<String, TopicReader> readers = new HashMap<>();

  public EventLog(String bootstrapServers) {
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

  /** All records of a topic up to its end at this moment. */
  public synchronized List<ConsumerRecord<String, byte[]>> records(String topic) {
    return readers.computeIfAbsent(topic, this::open).upToNow();
  }

  @Override
  public synchronized void close() {
    readers.values().forEach(reader -> reader.consumer.close());
  }

  private TopicReader open(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 20);
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new TopicReader(consumer, partitions, new ArrayList<>());
  }

  private record TopicReader(
      KafkaConsumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      List<ConsumerRecord<String, byte[]>> read) {

    List<ConsumerRecord<String, byte[]>> upToNow() {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
      return List.copyOf(read);
    }
  }
}

package dev.anton.dispatcher.eventlog;

import dev.anton.dispatcher.consume.ConsumerGroup;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
class EventLogConfiguration {

  /** Of one partition at a time: single records are read as well as long stretches. */
  private static final int PARTITION_FETCH = 256 * 1024;

  private static final int FETCH = 4 * 1024 * 1024;

  /** For requests, which wait for each other. */
  @Bean(destroyMethod = "close")
  @Primary
  EventLog eventLog(KafkaProperties kafka) {
    return new EventLog(() -> consumer(kafka));
  }

  /** For work in the background, so that no request waits for it. */
  @Bean(destroyMethod = "close")
  EventLog backgroundEventLog(KafkaProperties kafka) {
    return new EventLog(() -> consumer(kafka));
  }

  @Bean
  LogConsumers logConsumers(KafkaProperties kafka) {
    return () -> consumer(kafka);
  }

  private static Consumer<byte[], byte[]> consumer(KafkaProperties kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
    // Of the group only its commits are read; partitions are assigned by hand.
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, ConsumerGroup.of(kafka));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Where retention took what was asked for, reading goes on at what is left.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) EventLog.PATIENCE.toMillis());
    settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    settings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}

package dev.anton.outbox;

import dev.anton.lease.LeaseTable;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;

/** Gives a service its outbox, the relay behind it, and the backbone's topics. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  KafkaAdmin.NewTopics backboneTopics() {
    return new KafkaAdmin.NewTopics(Topics.definitions().toArray(NewTopic[]::new));
  }

  @Bean
  OutboxRelay outboxRelay(
      JdbcClient jdbc,
      KafkaProperties kafka,
      OutboxProperties properties,
      MeterRegistry registry,
      Clock clock) {
    LeaseTable lanes =
        new LeaseTable(
            jdbc,
            new LeaseTable.Spec(
                "outbox_lanes",
                "lane",
                "true",
                "lane",
                Ids.next("relay_"),
                properties.leaseDuration()));
    return new OutboxRelay(
        new PendingRecords(jdbc),
        lanes,
        () -> new KafkaProducer<>(producerSettings(kafka)),
        properties,
        new RelayMetrics(registry, clock));
  }

  @Bean
  Outbox outbox(JdbcTemplate jdbc, OutboxRelay relay) {
    return new JdbcOutbox(jdbc, relay::wake);
  }

  private static Map<String, Object> producerSettings(KafkaProperties kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A record that expired in the producer while a later one got through would break the order of
    // its key: the producer never gives up, the relay does, and then with a new producer.
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Outbox.MAX_VALUE_BYTES);
    return settings;
  }
}

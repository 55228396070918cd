package dev.anton.kafka.health;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** Adds the indicator to a service that has Kafka configured. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
class KafkaHealthAutoConfiguration {

  @Bean(destroyMethod = "close")
  KafkaHealthIndicator kafkaHealthIndicator(KafkaAdmin kafka) {
    return new KafkaHealthIndicator(Admin.create(kafka.getConfigurationProperties()));
  }
}

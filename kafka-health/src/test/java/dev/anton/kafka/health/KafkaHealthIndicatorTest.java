package dev.anton.kafka.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

@BackendsTest
class KafkaHealthIndicatorTest {

  @Test
  void isUpWhileTheBrokersAnswer(KafkaBackend kafka) {
    try (KafkaHealthIndicator indicator = indicator(kafka.bootstrapServers())) {
      // The first connection may take longer than a prober waits.
      await().untilAsserted(() -> assertThat(status(indicator)).isEqualTo(Status.UP));
    }
  }

  @Test
  void isDownWhenNobodyListens() {
    try (KafkaHealthIndicator indicator = indicator("127.0.0.1:1")) {
      assertThat(status(indicator)).isEqualTo(Status.DOWN);
    }
  }

  private static Status status(KafkaHealthIndicator indicator) {
    return indicator.health().getStatus();
  }

  private static KafkaHealthIndicator indicator(String servers) {
    return new KafkaHealthIndicator(
        Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers)));
  }
}

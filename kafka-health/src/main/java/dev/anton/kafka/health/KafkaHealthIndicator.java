package dev.anton.kafka.health;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the brokers answer; part of readiness under the name {@code kafka}. */
final class KafkaHealthIndicator implements HealthIndicator, AutoCloseable {

  /** Below the second that a prober waits by default. */
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private final Admin admin;

  KafkaHealthIndicator(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Health health() {
    try {
      int brokers =
          admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).size();
      return Health.up().withDetail("brokers", brokers).build();
    } catch (ExecutionException | TimeoutException e) {
      return Health.down().withDetail("reason", "The brokers do not answer").build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.unknown().build();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}

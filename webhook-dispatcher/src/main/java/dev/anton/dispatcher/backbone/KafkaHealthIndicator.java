package dev.anton.dispatcher.backbone;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the brokers answer; part of readiness under the name {@code kafka}. */
final class KafkaHealthIndicator implements HealthIndicator, AutoCloseable {

  /** Below the second that a prober waits. */
  private static final long TIMEOUT_MS = 900;

  private final Admin admin;

  KafkaHealthIndicator(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Health health() {
    try {
      int nodes = admin.describeCluster().nodes().get(TIMEOUT_MS, TimeUnit.MILLISECONDS).size();
      return Health.up().withDetail("nodes", nodes).build();
    } catch (ExecutionException | TimeoutException e) {
      return Health.down().withDetail("reason", "the brokers do not answer").build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.unknown().build();
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}

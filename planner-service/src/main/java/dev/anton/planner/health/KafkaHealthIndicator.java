package dev.anton.planner.health;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Up while the brokers answer; part of readiness under the name {@code kafka}. */
@Component
class KafkaHealthIndicator implements HealthIndicator, DisposableBean {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Admin admin;

  KafkaHealthIndicator(KafkaAdmin kafka) {
    this.admin = Admin.create(kafka.getConfigurationProperties());
  }

  @Override
  public Health health() {
    try {
      String clusterId =
          admin
              .describeCluster(
                  new DescribeClusterOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis())))
              .clusterId()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Health.up().withDetail("cluster", clusterId).build();
    } catch (ExecutionException | TimeoutException e) {
      return Health.down().withDetail("reason", "The brokers do not answer").build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.unknown().build();
    }
  }

  @Override
  public void destroy() {
    admin.close(Duration.ZERO);
  }
}

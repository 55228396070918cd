package dev.anton.dispatcher.consume;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up once the consumer has joined its group and got its share of the partitions, which may be
 * empty; part of readiness under the name {@code consumer}.
 */
final class ConsumerHealthIndicator implements HealthIndicator {

  private final ConsumerState state;

  ConsumerHealthIndicator(ConsumerState state) {
    this.state = state;
  }

  @Override
  public Health health() {
    return state.isJoined()
        ? Health.up()
            .withDetail("partitions", state.partitions())
            .withDetail("uncommittedSpan", state.span())
            .build()
        : Health.down().withDetail("reason", "the consumer has not joined its group").build();
  }
}

package dev.anton.dispatcher.matching;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up once all subscriptions were read; part of readiness under the name {@code subscriptions}. */
@Component
class SubscriptionsHealthIndicator implements HealthIndicator {

  private final InMemorySubscriptionIndex index;

  SubscriptionsHealthIndicator(InMemorySubscriptionIndex index) {
    this.index = index;
  }

  @Override
  public Health health() {
    return index.isLoaded()
        ? Health.up().withDetail("subscriptions", index.size()).build()
        : Health.down().withDetail("reason", "subscriptions are still being read").build();
  }
}

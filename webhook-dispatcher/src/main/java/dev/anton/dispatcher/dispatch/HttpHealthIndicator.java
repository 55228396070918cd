package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.http.WebhookClient;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether deliveries can be sent: not while an event loop of the client is dead and could not be
 * replaced yet; part of readiness under the name {@code http}.
 */
final class HttpHealthIndicator implements HealthIndicator {

  private final WebhookClient client;

  HttpHealthIndicator(WebhookClient client) {
    this.client = client;
  }

  @Override
  public Health health() {
    return client.isBroken()
        ? Health.down().withDetail("reason", "an event loop died and is not replaced yet").build()
        : Health.up().withDetail("openConnections", client.openConnections()).build();
  }
}

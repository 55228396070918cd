package dev.anton.gateway.health;

import dev.anton.gateway.routing.Service;
import dev.anton.gateway.routing.ServiceUrls;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Tells how each service is, by its own readiness. A service that is not ready makes the gateway
 * {@code DEGRADED}, which is no reason to restart or to bypass it: liveness and readiness leave
 * this out.
 */
@Component("servicesHealthIndicator")
final class ServicesHealthIndicator implements HealthIndicator {

  private static final Status DEGRADED = new Status("DEGRADED");

  /** Shorter than the patience of whoever asks for health. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final ServiceUrls urls;
  private final HttpClient client;

  ServicesHealthIndicator(ServiceUrls urls, HttpClient servicesHttpClient) {
    this.urls = urls;
    this.client = servicesHttpClient;
  }

  @Override
  public Health health() {
    Map<Service, CompletableFuture<String>> answers = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      answers.put(service, ask(service));
    }
    Health.Builder health = Health.up();
    answers.forEach(
        (service, answer) -> {
          String state = answer.join();
          health.withDetail(service.serviceName(), state);
          if (!state.equals("ready")) {
            health.status(DEGRADED);
          }
        });
    return health.build();
  }

  private CompletableFuture<String> ask(Service service) {
    HttpRequest request =
        HttpRequest.newBuilder(urls.of(service).resolve("/actuator/health/readiness"))
            .timeout(TIMEOUT)
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(response -> response.statusCode() == 200 ? "ready" : "not ready")
        .exceptionally(failure -> "away");
  }
}

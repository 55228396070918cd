package dev.anton.executor.plugin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Names the jars in use and those that are not. A refused one degrades the service but does not
 * take it down: everything else works.
 */
final class PluginHealthIndicator implements HealthIndicator {

  static final Status DEGRADED = new Status("DEGRADED");

  private final Installation installation;

  PluginHealthIndicator(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Health health() {
    Map<String, String> refused = new LinkedHashMap<>();
    installation.refused().forEach(jar -> refused.put(jar.jar(), jar.reason()));
    return Health.status(refused.isEmpty() ? Status.UP : DEGRADED)
        .withDetail("jars", installation.jars())
        .withDetail("refused", refused)
        .build();
  }
}

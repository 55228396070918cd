package dev.anton.executor.runner;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How attempts are run.
 *
 * @param nodeTimeout of an attempt whose node names none: a build with its tests on a slow machine
 * @param runners settings by runner and name, handed to the runner as they are
 */
@ConfigurationProperties("anton.executor")
public record RunnerProperties(
    @DefaultValue("10m") Duration nodeTimeout, Map<String, Map<String, String>> runners) {

  public RunnerProperties {
    runners = runners == null ? Map.of() : Map.copyOf(runners);
  }

  Map<String, String> settingsOf(String runner) {
    return runners.getOrDefault(runner, Map.of());
  }
}

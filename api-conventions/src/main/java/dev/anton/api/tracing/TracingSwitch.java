package dev.anton.api.tracing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves all of tracing out while {@code anton.tracing.enabled} is not true. Spring Boot's own
 * switches turn off the export only: spans would still be made, and thrown away.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

  static final String PROPERTY = "anton.tracing.enabled";

  private static final List<String> TRACING =
      List.of(
          "org.springframework.boot.micrometer.tracing.",
          "org.springframework.boot.opentelemetry.",
          TracingSwitch.class.getPackageName() + ".");

  private boolean on;

  @Override
  public void setEnvironment(Environment environment) {
    on = environment.getProperty(PROPERTY, Boolean.class, false);
  }

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
    boolean[] kept = new boolean[autoConfigurations.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = on || !isTracing(autoConfigurations[i]);
    }
    return kept;
  }

  /**
   * @param name null if another filter left it out
   */
  private static boolean isTracing(@Nullable String name) {
    return name != null && TRACING.stream().anyMatch(name::startsWith);
  }
}

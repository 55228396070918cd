package dev.anton.planner.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Properties for tests: limits that are reached soon. */
final class Configured {

  private Configured() {}

  static ModelProperties properties(ModelProvider provider, String baseUrl) {
    return properties(provider, baseUrl, 120_000, null, null);
  }

  /** As {@link #properties}, with a model that may say nothing for half a second only. */
  static ModelProperties impatient(ModelProvider provider, String baseUrl) {
    ModelProperties patient = properties(provider, baseUrl);
    ModelProperties.Limits limits = patient.limits();
    return new ModelProperties(
        provider,
        baseUrl,
        patient.apiKey(),
        patient.name(),
        null,
        true,
        patient.runners(),
        new ModelProperties.Limits(
            limits.timeLimit(),
            limits.callTimeout(),
            Duration.ofMillis(500),
            limits.maxOutputTokens(),
            limits.maxTokens(),
            limits.retries(),
            limits.corrections()),
        patient.prices());
  }

  static ModelProperties properties(
      ModelProvider provider,
      String baseUrl,
      int maxTokens,
      @Nullable String sessionBudget,
      @Nullable String dailyBudget) {
    return new ModelProperties(
        provider,
        baseUrl,
        new ApiKey("sk-secret"),
        "m",
        null,
        true,
        Set.of("template", "command", "git", "noop"),
        new ModelProperties.Limits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            4321,
            maxTokens,
            2,
            2),
        new ModelProperties.Prices(
            new BigDecimal("3"),
            new BigDecimal("15"),
            sessionBudget == null ? null : new BigDecimal(sessionBudget),
            dailyBudget == null ? null : new BigDecimal(dailyBudget)));
  }
}

package dev.anton.planner.model;

import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What operators see of the language model. */
final class ModelMetrics {

  private static final String PREFIX = "anton.planner.model.";

  private final MeterRegistry registry;
  private final ModelProperties properties;

  ModelMetrics(MeterRegistry registry, ModelProperties properties, Spending spending) {
    this.registry = registry;
    this.properties = properties;
    registry.gauge(PREFIX + "spent.today", spending, ModelMetrics::spentToday);
    budget("budget.daily", properties.prices().dailyBudget());
    budget("budget.session", properties.prices().sessionBudget());
  }

  /**
   * @param outcome {@code answered}, or the reason of the failure
   */
  void called(String outcome, Duration duration, TokenCount tokens) {
    registry
        .timer(PREFIX + "calls", "model", properties.name(), "outcome", outcome)
        .record(duration);
    count("tokens", "direction", "input", (double) tokens.input());
    count("tokens", "direction", "output", (double) tokens.output());
    registry
        .counter(PREFIX + "cost", "model", properties.name())
        .increment(properties.prices().of(tokens).doubleValue());
  }

  /**
   * @param why code of the first thing that was wrong
   */
  void corrected(String why) {
    count("corrections", "why", why, 1);
  }

  void planned() {
    count("plans", "planner", PlanningReport.MODEL, 1);
  }

  /**
   * @param why the rules had to plan
   */
  void fellBack(String why) {
    count("plans", "planner", PlanningReport.RULES, 1);
    count("fallbacks", "why", why, 1);
  }

  private void count(String name, String tag, String value, double amount) {
    registry.counter(PREFIX + name, "model", properties.name(), tag, value).increment(amount);
  }

  private void budget(String name, @Nullable BigDecimal amount) {
    if (amount != null) {
      registry.gauge(PREFIX + name, amount, BigDecimal::doubleValue);
    }
  }

  private static double spentToday(Spending spending) {
    return spending.used("").today().doubleValue();
  }
}

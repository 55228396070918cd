package dev.anton.planner.model;

import dev.anton.planner.review.Allowance;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** There is nothing of all this while no provider is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${anton.planner.model.provider:none}'.equalsIgnoreCase('none')")
@EnableConfigurationProperties(ModelProperties.class)
class ModelConfiguration {

  @Bean
  Spending modelSpending(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ModelProperties properties,
      Clock clock) {
    return new Spending(jdbc, new TransactionTemplate(transactions), properties, clock);
  }

  @Bean
  ModelMetrics modelMetrics(MeterRegistry registry, ModelProperties properties, Spending spending) {
    return new ModelMetrics(registry, properties, spending);
  }

  @Bean
  ModelPlanner modelPlanner(
      ModelProperties properties,
      Allowance allowance,
      Spending spending,
      ModelMetrics metrics,
      Clock clock) {
    requireAllowed(properties.runners(), allowance.runners());
    Allowance offered =
        new Allowance(properties.runners(), allowance.executables(), allowance.maxNodes());
    return new LanguageModelPlanner(
        new Conversation.Setting(
            properties,
            new ModelCalls(ChatModels.of(properties), properties.limits(), clock),
            new ModelPrompts(offered),
            offered,
            spending,
            metrics));
  }

  /** Else the model would be told of runners for which the review refuses its plans. */
  private static void requireAllowed(Set<String> told, Set<String> allowed) {
    Set<String> refused = new TreeSet<>(told);
    refused.removeAll(allowed);
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "anton.planner.model.runners names %s, which anton.planner.plans.runners does not allow: %s"
              .formatted(String.join(", ", refused), String.join(", ", new TreeSet<>(allowed))));
    }
  }
}

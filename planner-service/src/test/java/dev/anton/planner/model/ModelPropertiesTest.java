package dev.anton.planner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.review.Allowance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** By configuration alone, and never by halves. Nothing here reaches a network. */
class ModelPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(ModelConfiguration.class)
          .withBean(Allowance.class, () -> Allowance.DEFAULT)
          .withBean(Clock.class, Clock::systemUTC)
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withBean(JdbcClient.class, () -> JdbcClient.create(new PGSimpleDataSource()))
          .withBean(
              PlatformTransactionManager.class,
              () -> new DataSourceTransactionManager(new PGSimpleDataSource()));

  @Test
  void thereIsNoModelByDefault() {
    runner.run(context -> assertThat(context).doesNotHaveBean(ModelPlanner.class));
    runner
        .withPropertyValues("anton.planner.model.provider=none", "anton.planner.model.name=m")
        .run(context -> assertThat(context).doesNotHaveBean(ModelPlanner.class));
  }

  @ParameterizedTest
  @CsvSource({
    "openai,, https://api.openai.com/v1",
    "OpenAI, http://localhost:8000/v1, http://localhost:8000/v1",
    "anthropic,, https://api.anthropic.com",
    "ollama,, http://localhost:11434"
  })
  void aProviderIsAPropertyAway(String provider, String url, String asked) {
    runner
        .withPropertyValues(
            "anton.planner.model.provider=" + provider,
            "anton.planner.model.base-url=" + (url == null ? "" : url),
            "anton.planner.model.name=m",
            "anton.planner.model.api-key=sk-secret",
            "anton.planner.model.limits.call-timeout=5s",
            "anton.planner.model.prices.input=0.25")
        .run(
            context -> {
              assertThat(context).hasSingleBean(ModelPlanner.class);
              ModelProperties properties = context.getBean(ModelProperties.class);
              assertThat(properties.baseUrlOrDefault()).isEqualTo(asked);
              assertThat(properties.limits().callTimeout()).isEqualTo(Duration.ofSeconds(5));
              assertThat(properties.runners())
                  .containsExactlyInAnyOrder("template", "command", "git", "noop");
              assertThat(properties.toString()).doesNotContain("sk-secret");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "anton.planner.model.provider=anthropic, api-key is missing",
    "anton.planner.model.name=, says which model to ask",
    "anton.planner.model.prices.daily-budget=5, needs prices",
    "anton.planner.model.prices.input=-1, not negative",
    "anton.planner.model.limits.time-limit=0s, positive",
    "anton.planner.model.temperature=2.1, from 0 to 2",
    "anton.planner.model.temperature=-0.1, from 0 to 2",
    "anton.planner.model.temperature=NaN, from 0 to 2",
    "anton.planner.model.runners[0]=mail, mail",
    "anton.planner.model.provider=unheard-of, unheard-of"
  })
  void whatCannotWorkIsRefusedAtTheStart(String property, String said) {
    runner
        .withPropertyValues("anton.planner.model.provider=openai", "anton.planner.model.name=m")
        .withPropertyValues(property)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(said));
  }
}

package dev.anton.executor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.plugin.EgressProperties;
import dev.anton.executor.plugin.Installed;
import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RunnersTest {

  @Test
  void aRunnerThatCannotBeUsedIsRefusedWithItsReason() {
    Runners runners = runners(() -> Optional.of("it is off: set model"));

    assertThat(runners.refusal("own"))
        .contains("The runner own cannot be used here: it is off: set model");
    assertThat(runners.names()).isEmpty();
  }

  @Test
  void whatARunnerThrowsWhenItIsAskedIsNotToldToWhoHandsInAPlan() {
    Runners runners =
        runners(
            () -> {
              throw new IllegalStateException("the key s3cret is not accepted");
            });

    assertThat(runners.refusal("own"))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("it failed").doesNotContain("s3cret"));
  }

  @Test
  void aRunnerThatFailsBadlyDoesNotKeepTheExecutorFromStarting() {
    Runners overflowing =
        runners(
            () -> {
              throw new StackOverflowError();
            });
    Runners silent = runners(() -> null);

    assertThat(overflowing.refusal("own")).isPresent();
    assertThat(silent.refusal("own")).isPresent();
  }

  private static Runners runners(Supplier<Optional<String>> unavailable) {
    NodeRunner runner =
        new NodeRunner() {
          @Override
          public NodeResult run(NodeContext context) {
            return NodeResult.completed(Map.of());
          }

          @Override
          public Optional<String> unavailable(Map<String, String> settings) {
            return unavailable.get();
          }
        };
    return new Runners(
        List.of(new Installed<>("own", runner, "own.jar")),
        new RunnerProperties(Duration.ofMinutes(1), Map.of()),
        new EgressProperties(List.of(), false));
  }
}

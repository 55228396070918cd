package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import java.util.List;

class NoopRunnerTest extends NodeRunnerContract {

  @Override
  protected NodeRunner runner() {
    return new NoopRunner();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{}", "{\"whatever\": 1}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of();
  }
}

package com.example.anton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import dev.anton.plugin.testkit.RunnerAttempt;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LicenceRunnerTest extends NodeRunnerContract {

  @Override
  protected NodeRunner runner() {
    return new LicenceRunner();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{\"holder\": \"Ada\", \"year\": 2026}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of("{}", "{\"holder\": \"Ada\", \"year\": \"2026\"}");
  }

  @Test
  void theOperatorSetsTheText() throws Exception {
    RunnerAttempt.in(project(), goodInputs().getFirst()).with(Map.of("text", "MIT")).by(runner());

    assertThat(project().resolve("LICENSE")).content().contains("Copyright 2026 Ada", "MIT");
  }
}

package dev.anton.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.stack.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {

  private final StringWriter output = new StringWriter();

  @Test
  void tellsEachWebhookAndThatAllWentWell() throws Exception {
    assertThat(run(ScriptedGateway.Script.HONEST)).isTrue();

    assertThat(output.toString().lines().map(String::strip))
        .anyMatch(line -> line.matches("\\d+ ms +✓ signature +plan.step +validating complete ok"))
        .anyMatch(line -> line.matches("\\d+ ms +✓ signature +execution.completed .*1 of 1.*"))
        .anyMatch(line -> line.matches("\\d+ ms +unsigned +job.completed +completed in 7 ms"))
        .contains("✓ completed    Run the tests (verify)", "Ran 3 tests OK")
        .contains("The project lies in /somewhere/todo")
        .noneMatch(line -> line.contains("ses_other"));
  }

  @Test
  void failsWhenASignatureIsWrong() throws Exception {
    assertThat(run(ScriptedGateway.Script.WRONG_SIGNATURE)).isFalse();
    assertThat(output.toString()).contains("✗ signature", "not every signature right");
  }

  @Test
  void failsWhenTheExecutionFails() throws Exception {
    assertThat(run(ScriptedGateway.Script.FAILED_EXECUTION)).isFalse();
    assertThat(output.toString()).contains("execution.failed", "a test failed");
  }

  @Test
  void stopsWaitingWhenNothingMoreComes() throws Exception {
    assertThat(run(ScriptedGateway.Script.SILENT)).isFalse();
    assertThat(output.toString()).contains("No more webhooks came in time");
  }

  @Test
  void buildsAProjectForEachPromptAndSaysHowToTestThem() throws Exception {
    assertThat(run(ScriptedGateway.Script.HONEST, "Build a todo list", "Build a shop")).isTrue();

    assertThat(output.toString()).contains("Plan: \"Build a todo list\"", "Plan: \"Build a shop\"");
    assertThat(output.toString().lines().map(String::strip))
        .filteredOn("cd /somewhere/todo && python3 -m unittest"::equals)
        .hasSize(2);
  }

  private boolean run(ScriptedGateway.Script script) throws Exception {
    return run(script, "Build a todo list");
  }

  private boolean run(ScriptedGateway.Script script, String... prompts) throws Exception {
    try (ScriptedGateway gateway = new ScriptedGateway(script)) {
      Duration patience =
          script == ScriptedGateway.Script.SILENT ? Duration.ofSeconds(2) : Duration.ofSeconds(30);
      Terminal terminal = new Terminal(new PrintWriter(output, true), false, false);
      boolean allWell = new Demo(gateway.url(), terminal, patience).run(List.of(prompts));
      assertThat(gateway.deleted()).isTrue();
      return allWell;
    }
  }
}

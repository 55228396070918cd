package dev.anton.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.ScriptedRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Outputs that are kept as files of their project. */
@ExtendWith(OutputCaptureExtension.class)
class LargeOutputsRunTest extends ExecutorTest {

  private final ExecutorApi api;

  LargeOutputsRunTest(@LocalServerPort int port) {
    this.api = new ExecutorApi(port);
  }

  @Test
  void aLargeOutputIsHandedOnByReferenceAndReadAsAWhole() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "large", "runner": "scripted", "inputs": {"large": 300000}},
              {"id": "next", "runner": "template", "dependencies": ["large"], "inputs": {"files": [
                {"path": "copy.txt", "content": "${nodes.large.output.text}"}]}}]}}
            """);

    JsonNode execution = api.awaitStatus(id, "completed");

    JsonNode stored = api.node(id, "large").path("output");
    assertThat(stored.path("reference").asString()).startsWith(".anton/outputs/" + id);
    ExecutorApi.Answer whole = api.get("/api/executions/" + id + "/nodes/large/output");
    assertThat(whole.json().path("text").asString()).hasSize(300_000);
    assertThat(Path.of(execution.path("outputDir").asString()).resolve("copy.txt"))
        .hasSize(300_000);
    assertThat(api.get("/api/executions/" + id + "/nodes/none/output").status()).isEqualTo(404);
  }

  @Test
  void anOutputThatCannotBeReadForAMomentIsWaitedFor(CapturedOutput logged) throws Exception {
    String gate = "gate-" + System.nanoTime();
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "large", "runner": "scripted", "inputs": {"large": 300000}},
              {"id": "hold", "runner": "scripted", "dependencies": ["large"], "inputs": {"await": "%s"}},
              {"id": "next", "runner": "template", "dependencies": ["hold"], "inputs": {"files": [
                {"path": "copy.txt", "content": "${nodes.large.output.text}"}]}}]}}
            """
                .formatted(gate));
    api.awaitNode(id, "hold", "running");
    Path project = Path.of(api.execution(id).path("outputDir").asString());
    Path file = project.resolve(api.node(id, "large").path("output").path("reference").asString());
    Path away = file.resolveSibling("away");
    Files.move(file, away);
    ScriptedRunner.open(gate);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> logged.getAll().contains("Cannot read outputs of " + id));

    Files.move(away, file);

    api.awaitStatus(id, "completed");
    assertThat(project.resolve("copy.txt")).hasSize(300_000);
  }

  @Test
  void anOutputThatIsGoneFailsWhatNeedsIt() throws Exception {
    String id =
        api.start(
            """
            {"config": {"failFast": false}, "plan": {"nodes": [
              {"id": "large", "runner": "scripted", "inputs": {"large": 300000}},
              {"id": "lose", "runner": "command", "dependencies": ["large"],
               "inputs": {"command": ["sh", "-c", "rm -r .anton/outputs"]}},
              {"id": "next", "runner": "noop", "dependencies": ["lose"],
               "inputs": {"x": "${nodes.large.output.text}"}}]}}
            """);

    api.awaitStatus(id, "failed");

    assertThat(api.node(id, "next").path("error").asString())
        .isEqualTo("The output of large cannot be read any more");
    assertThat(api.get("/api/executions/" + id + "/nodes/large/output").status()).isEqualTo(404);
  }

  @Test
  void aReferenceThatARunnerMadeUpOpensNothing() throws Exception {
    Path secret = Files.writeString(Files.createTempFile("secret", ".json"), "\"secret\"");
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "a", "runner": "scripted",
              "inputs": {"output": {"reference": "../../../../..%s", "bytes": 8}}}]}}
            """
                .formatted(secret));
    api.awaitStatus(id, "completed");

    assertThat(api.get("/api/executions/" + id + "/nodes/a/output").text())
        .contains("\"reference\"");
  }
}

package dev.anton.executor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.LifecycleEvents;
import dev.anton.executor.fixture.ScriptedRunner;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.kafka.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

class ExecutionControlTest extends ExecutorTest {

  private final ExecutorApi api;
  private final String gate = "gate-" + System.nanoTime();
  private LifecycleEvents events;

  ExecutionControlTest(@LocalServerPort int port) {
    this.api = new ExecutorApi(port);
  }

  @BeforeEach
  void record(KafkaBackend kafka) {
    events = LifecycleEvents.record(kafka);
  }

  @AfterEach
  void close() {
    ScriptedRunner.open(gate);
    events.close();
  }

  @Test
  void cancellingEndsTheProcessAndItsChildren() throws IOException {
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "build", "runner": "command", "inputs": {"command":
                ["sh", "-c", "setsid sleep 600 & echo $! > child; sleep 600 & echo $! >> child; wait"]}},
              {"id": "after", "runner": "noop", "dependencies": ["build"]}]}}
            """);
    List<Long> children = awaitChildren(api.execution(id));

    ExecutorApi.Answer answer = api.post("/api/executions/" + id + "/cancel", "");

    assertThat(answer.status()).isEqualTo(202);
    api.awaitStatus(id, "cancelled");
    // Killed ones are there until their new parent has taken note.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(children).allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
    assertThat(events.awaitLast(id, "execution.cancelled"))
        .extracting(event -> LifecycleEvents.line(event).replace(id, "ID").replace('"', '\''))
        .containsExactly(
            "execution.started {'executionId':'ID','nodeCount':2}",
            "node.started {'executionId':'ID','nodeId':'build','label':'build','type':'task',"
                + "'attempt':1}",
            "node.cancelled {'executionId':'ID','nodeId':'after',"
                + "'reason':'The execution was cancelled'}",
            "node.cancelled {'executionId':'ID','nodeId':'build',"
                + "'reason':'The execution was cancelled'}",
            "execution.cancelled {'executionId':'ID','nodeCount':2,'completedNodes':0,"
                + "'runningNodes':['build']}");
  }

  @Test
  void pausedNothingNewStartsUntilItIsResumed() {
    String id = api.start(twoNodes());
    api.awaitNode(id, "first", "running");

    assertThat(api.post("/api/executions/" + id + "/pause", "").status()).isEqualTo(202);
    ScriptedRunner.open(gate);
    api.awaitNode(id, "first", "completed");
    api.awaitStatus(id, "paused");

    assertThat(api.node(id, "second").path("state").asString()).isEqualTo("pending");
    assertThat(api.post("/api/executions/" + id + "/resume", "").status()).isEqualTo(202);
    api.awaitStatus(id, "completed");
    assertThat(events.awaitLast(id, "execution.completed"))
        .extracting(EventRecord::type)
        .containsExactly(
            "execution.started",
            "node.started",
            "node.completed",
            "node.started",
            "node.completed",
            "execution.completed");
  }

  @Test
  void aPausedExecutionCanBeCancelledThoughNobodyHoldsIt() {
    String id = api.start(twoNodes());
    api.awaitNode(id, "first", "running");
    api.post("/api/executions/" + id + "/pause", "");
    ScriptedRunner.open(gate);
    api.awaitNode(id, "first", "completed");

    api.post("/api/executions/" + id + "/cancel", "");

    JsonNode execution = api.awaitStatus(id, "cancelled");
    assertThat(execution.path("nodeCounts").path("completed").asInt()).isEqualTo(1);
    assertThat(execution.path("nodeCounts").path("cancelled").asInt()).isEqualTo(1);
  }

  @Test
  void anExecutionThatBacksOffIsCancelledAtOnce() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "flaky", "runner": "scripted", "inputs": {"failures": 9},
              "retry": {"maxAttempts": 9, "initialDelay": "1h"}}]}}
            """);
    api.awaitNode(id, "flaky", "retrying");

    api.post("/api/executions/" + id + "/cancel", "");

    api.awaitStatus(id, "cancelled");
    assertThat(ScriptedRunner.startsOf(id)).containsExactly("flaky/1");
  }

  @Test
  void whatHasEndedCannotBeControlled() {
    String id = api.start("{\"plan\": {\"nodes\": [{\"id\": \"a\", \"runner\": \"noop\"}]}}");
    api.awaitStatus(id, "completed");

    for (String action : List.of("pause", "resume", "cancel")) {
      ExecutorApi.Answer answer = api.post("/api/executions/" + id + "/" + action, "");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.json().path("code").asString()).isEqualTo("execution-ended");
    }
    ExecutorApi.Answer retry = api.post("/api/executions/" + id + "/retry", "");
    assertThat(retry.status()).isEqualTo(409);
    assertThat(retry.json().path("code").asString()).isEqualTo("not-retryable");
  }

  @Test
  void whatDoesNotExistCannotBeControlled() {
    for (String action : List.of("pause", "resume", "cancel", "retry")) {
      ExecutorApi.Answer answer = api.post("/api/executions/exe_0/" + action, "");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("code").asString()).isEqualTo("not-found");
    }
  }

  private String twoNodes() {
    return """
    {"plan": {"nodes": [
      {"id": "first", "runner": "scripted", "inputs": {"await": "%s"}},
      {"id": "second", "runner": "scripted", "dependencies": ["first"]}]}}
    """
        .formatted(gate);
  }

  private static List<Long> awaitChildren(JsonNode execution) throws IOException {
    Path file = Path.of(execution.path("outputDir").asString()).resolve("child");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
    List<Long> pids = Files.readAllLines(file).stream().map(Long::parseLong).toList();
    assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
    return pids;
  }
}

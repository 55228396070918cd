package dev.anton.executor.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.ScriptedRunner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Conditions, outputs as inputs, selective runs and logs that grow. */
class NodeBindingsRunTest extends ExecutorTest {

  private final ExecutorApi api;
  private final int port;

  NodeBindingsRunTest(@LocalServerPort int port) {
    this.api = new ExecutorApi(port);
    this.port = port;
  }

  @Test
  void anOutputIsALaterNodesInput() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "say", "runner": "command", "inputs": {"command": ["echo", "hello"]}},
              {"id": "write", "runner": "template", "dependencies": ["say"], "inputs": {"files": [
                {"path": "said.txt", "content": "exit ${nodes.say.output.exitCode}, ${HOME}"}]}},
              {"id": "again", "runner": "command", "dependencies": ["write"], "inputs": {
                "command": ["echo", "${nodes.say.output.lastLines[0]}", "$${nodes.say.output}"]}}]}}
            """);

    JsonNode execution = api.awaitStatus(id, "completed");

    assertThat(Path.of(execution.path("outputDir").asString()).resolve("said.txt"))
        .hasContent("exit 0, ${HOME}");
    assertThat(api.node(id, "again").path("output").path("lastLines").path(0).asString())
        .isEqualTo("hello ${nodes.say.output}");
  }

  @Test
  void anInputWithoutAValueFailsItsNode() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "a", "runner": "noop"},
              {"id": "b", "runner": "noop", "dependencies": ["a"], "retry": {"maxAttempts": 3},
               "inputs": {"x": "${nodes.a.output.path}"}}]}}
            """);

    api.awaitStatus(id, "failed");

    assertThat(api.node(id, "b").path("attempt").asInt()).isEqualTo(1);
    assertThat(api.node(id, "b").path("error").asString())
        .startsWith("The input ${nodes.a.output.path} has no value");
  }

  @Test
  void aConditionDecidesWhetherANodeRuns() {
    String id =
        api.start(
            """
            {"config": {"failFast": false}, "plan": {"nodes": [
              {"id": "test", "runner": "command", "inputs": {"command": ["echo", "4 passed"]}},
              {"id": "deploy", "runner": "noop", "dependencies": ["test"],
               "inputs": {"wanted": "${nodes.test.output.exitCode}"},
               "condition": "inputs.wanted == 0 && nodes.test.output.lastLines[0] == '4 passed'"},
              {"id": "mend", "runner": "noop", "dependencies": ["test"],
               "condition": "nodes.test.state == 'failed'"},
              {"id": "after", "runner": "noop", "dependencies": ["mend"]}]}}
            """);

    JsonNode execution = api.awaitStatus(id, "completed");

    assertThat(execution.path("nodeCounts").path("completed").asInt()).isEqualTo(2);
    assertThat(api.node(id, "deploy").path("state").asString()).isEqualTo("completed");
    assertThat(api.node(id, "mend").path("error").asString())
        .isEqualTo("Its condition is false: nodes.test.state == 'failed'");
    assertThat(api.node(id, "after").path("error").asString())
        .isEqualTo("The node mend, which it depends on, was skipped");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "inputs": {"x": "${nodes.c.output}"}                         | inputs    | none of the nodes before it
          "inputs": {"x": {"$output": "b"}}                            | inputs    | none of the nodes before it
          "inputs": {"x": {"$output": "a", "pointer": "x"}}            | inputs    | no JSON pointer
          "dependencies": ["a"], "condition": "nodes.c.state == ''"    | condition | none of the nodes before it
          "dependencies": ["a"], "condition": "nodes.a.state =="       | condition | line 1, column
          """)
  void whatDoesNotComeBeforeCannotBeLookedAt(String more, String where, String detail) {
    ExecutorApi.Answer answer =
        api.post(
            "/api/executions",
            """
            {"plan": {"nodes": [{"id": "a", "runner": "noop"},
              {"id": "b", "runner": "noop", %s},
              {"id": "c", "runner": "noop", "dependencies": ["b"]}]}}
            """
                .formatted(more));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    JsonNode error = answer.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo("/plan/nodes/1/" + where);
    assertThat(error.path("detail").asString()).contains(detail);
  }

  @Test
  void chosenNodesRunWithWhatTheyNeedAndNothingElse() {
    String id =
        api.start(
            """
            {"config": {"only": ["b"]}, "plan": {"nodes": [
              {"id": "a", "runner": "scripted"},
              {"id": "b", "runner": "scripted", "dependencies": ["a"]},
              {"id": "c", "runner": "scripted", "dependencies": ["b"]},
              {"id": "d", "runner": "scripted"}]}}
            """);

    JsonNode execution = api.awaitStatus(id, "completed");

    assertThat(execution.path("nodeCount").asInt()).isEqualTo(2);
    assertThat(ScriptedRunner.startsOf(id)).containsExactly("a/1", "b/1");
  }

  @Test
  void aRunIsRepeatedFromANodeOrForOneAlone() {
    String first =
        api.start(
            """
            {"config": {"maxConcurrency": 1}, "plan": {"nodes": [
              {"id": "a", "runner": "scripted"},
              {"id": "b", "runner": "scripted", "dependencies": ["a"]},
              {"id": "c", "runner": "scripted", "dependencies": ["b"]},
              {"id": "d", "runner": "scripted"}]}}
            """);
    api.awaitStatus(first, "completed");

    String from = retry(first, "{\"from\": [\"b\"]}");
    String only = retry(first, "{\"only\": [\"b\"]}");

    assertThat(ScriptedRunner.startsOf(from)).containsExactly("b/1", "c/1");
    assertThat(ScriptedRunner.startsOf(only)).containsExactly("b/1");
    assertThat(api.execution(from).path("retryOf").asString()).isEqualTo(first);
    assertThat(api.execution(only).path("nodeCount").asInt()).isEqualTo(2);
    ExecutorApi.Answer unknown =
        api.post("/api/executions/" + first + "/retry", "{\"from\": [\"x\"]}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/from/0");
    assertThat(api.post("/api/executions/" + first + "/retry", "{}").status()).isEqualTo(409);
    assertThat(refused("/api/executions/" + first + "/retry", "{\"from\": [null]}"))
        .isEqualTo("/from/0");
  }

  @Test
  void nothingIsNoNodeToBeChosen() {
    assertThat(
            refused(
                "/api/executions",
                """
                {"config": {"only": ["a", null]}, "plan": {"nodes": [{"id": "a", "runner": "noop"}]}}
                """))
        .isEqualTo("/config/only/1");
  }

  @Test
  void aLogIsFollowedWhileItGrowsUntilTheNodeHasEnded() throws Exception {
    String gate = "gate-" + System.nanoTime();
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "a", "runner": "scripted", "inputs": {"await": "%s"}}]}}
            """
                .formatted(gate));
    URI log =
        URI.create(
            "http://127.0.0.1:%d/api/executions/%s/nodes/a/log?follow=true".formatted(port, id));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(log.toURL().openStream(), UTF_8))) {
      assertThat(lines.readLine()).startsWith("--- attempt 1");
      assertThat(lines.readLine()).isEqualTo("attempt 1");
      ScriptedRunner.open(gate);
      assertThat(lines.readLine()).isEqualTo("done");
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void asServerSentEventsALogIsResumedAfterTheLastLineSeen() throws Exception {
    String id = api.start("{\"plan\": {\"nodes\": [{\"id\": \"a\", \"runner\": \"scripted\"}]}}");
    api.awaitStatus(id, "completed");

    String all = events(id, "");
    String lastSeen = all.substring(all.indexOf("id: ") + 4, all.indexOf('\n'));
    String rest = events(id, lastSeen);

    assertThat(all).contains("data: --- attempt 1", "data: attempt 1\n", "data: done\n");
    assertThat(rest).doesNotContain("--- attempt").contains("data: attempt 1\n", "data: done\n");
    assertThat(all).endsWith("event: end\ndata: {\"state\":\"completed\"}\n\n");
  }

  /** The pointer of the error. */
  private String refused(String path, String body) {
    ExecutorApi.Answer answer = api.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer.json().path("errors").path(0).path("pointer").asString();
  }

  private String events(String id, String lastEventId) {
    return api.get(
            "/api/executions/" + id + "/nodes/a/log?follow=true",
            "Accept",
            "text/event-stream",
            "Last-Event-ID",
            lastEventId)
        .text();
  }

  private String retry(String id, String body) {
    ExecutorApi.Answer answer = api.post("/api/executions/" + id + "/retry", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    String retried = answer.json().path("executionId").asString();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.execution(retried).path("status").asString().equals("completed"));
    return retried;
  }
}

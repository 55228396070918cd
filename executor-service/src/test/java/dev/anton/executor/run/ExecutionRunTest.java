package dev.anton.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.LifecycleEvents;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.kafka.EventRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

class ExecutionRunTest extends ExecutorTest {

  private final ExecutorApi api;
  private final MeterRegistry meters;
  private LifecycleEvents events;

  ExecutionRunTest(@LocalServerPort int port, @Autowired MeterRegistry meters) {
    this.api = new ExecutorApi(port);
    this.meters = meters;
  }

  @BeforeEach
  void record(KafkaBackend kafka) {
    events = LifecycleEvents.record(kafka);
  }

  @AfterEach
  void close() {
    events.close();
  }

  @Test
  void aRunTellsEachOfItsStepsInOrder() {
    String id =
        api.start(
            """
            {"plan": {"projectName": "golden", "description": "", "nodes": [
              {"id": "readme", "type": "scaffold", "label": "Read me", "runner": "template",
               "inputs": {"files": [{"path": "README.md", "content": "# Golden\\n"}]}},
              {"id": "say", "type": "test", "label": "Say it", "runner": "command",
               "dependencies": ["readme"], "inputs": {"command": ["echo", "hello"]}}]}}
            """);

    List<EventRecord> told = events.awaitLast(id, "execution.completed");

    assertThat(told)
        .extracting(event -> line(event, id))
        .containsExactly(
            "execution.started {'executionId':'ID','projectName':'golden','nodeCount':2}",
            "node.started {'executionId':'ID','nodeId':'readme','label':'Read me',"
                + "'type':'scaffold','attempt':1}",
            "node.completed {'executionId':'ID','nodeId':'readme','label':'Read me',"
                + "'type':'scaffold','attempt':1,'durationMs':N,'output':{'files':['README.md']}}",
            "node.started {'executionId':'ID','nodeId':'say','label':'Say it','type':'test',"
                + "'attempt':1}",
            "node.completed {'executionId':'ID','nodeId':'say','label':'Say it','type':'test',"
                + "'attempt':1,'durationMs':N,'output':{'exitCode':0,'lastLines':['hello']}}",
            "execution.completed {'executionId':'ID','nodeCount':2,'completedNodes':2,"
                + "'durationMs':N}");
    assertThat(told)
        .extracting(EventRecord::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 6).boxed().toList());
    assertThat(told)
        .allSatisfy(
            event -> {
              assertThat(event.subject()).isEqualTo(id);
              assertThat(event.source()).isEqualTo("/executor-service");
              assertThat(event.tenant().id()).isEqualTo("default");
            });
    JsonNode execution = api.execution(id);
    assertThat(execution.path("status").asString()).isEqualTo("completed");
    assertThat(Path.of(execution.path("outputDir").asString()).resolve("README.md"))
        .hasContent("# Golden\n");
    assertThat(api.get("/api/executions/" + id + "/nodes/say/log").text()).contains("\nhello\n");
  }

  @Test
  void aFailedNodeFailsItsExecution() {
    double before = outcomes("failed");
    String id =
        api.start(
            """
            {"plan": {"projectName": "failing", "nodes": [
              {"id": "build", "runner": "command", "inputs": {"command": ["false"]}},
              {"id": "commit", "runner": "git", "dependencies": ["build"]}]}}
            """);

    List<EventRecord> told = events.awaitLast(id, "execution.failed");

    assertThat(told)
        .extracting(event -> line(event, id))
        .containsExactly(
            "execution.started {'executionId':'ID','projectName':'failing','nodeCount':2}",
            "node.started {'executionId':'ID','nodeId':'build','label':'build','type':'task',"
                + "'attempt':1}",
            "node.failed {'executionId':'ID','nodeId':'build','label':'build','type':'task',"
                + "'attempt':1,'error':'The command ended with exit code 1','willRetry':false}",
            "node.skipped {'executionId':'ID','nodeId':'commit','reason':"
                + "'The node build failed, and nothing starts after a failure'}",
            "execution.failed {'executionId':'ID','nodeCount':2,'completedNodes':0,"
                + "'durationMs':N,'error':'1 of 2 nodes failed','failedNodes':['build']}");
    assertThat(outcomes("failed")).isEqualTo(before + 1);
  }

  @Test
  void aNodeIsTriedAgainAfterItsBackoff() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "flaky", "runner": "scripted", "inputs": {"failures": 2},
              "retry": {"maxAttempts": 3, "initialDelay": "50ms"}}]}}
            """);

    List<EventRecord> told = events.awaitLast(id, "execution.completed");

    assertThat(told)
        .extracting(EventRecord::type)
        .containsExactly(
            "execution.started",
            "node.started",
            "node.failed",
            "node.started",
            "node.failed",
            "node.started",
            "node.completed",
            "execution.completed");
    assertThat(api.node(id, "flaky").path("attempt").asInt()).isEqualTo(3);
    assertThat(api.get("/api/executions/" + id + "/nodes/flaky/log").text())
        .contains("attempt 1\n", "attempt 2\n", "attempt 3\n");
  }

  @Test
  void aNodeThatTakesTooLongFails() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "slow", "runner": "command", "timeout": "300ms",
              "inputs": {"command": ["sleep", "60"]}}]}}
            """);

    JsonNode execution = api.awaitStatus(id, "failed");

    assertThat(execution.path("nodes").path(0).path("error").asString())
        .isEqualTo("The node took longer than its timeout of 300 ms");
  }

  @Test
  void aNodeSeesTheOutputsOfWhatItDependsOn() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "a", "runner": "scripted"}, {"id": "other", "runner": "scripted"},
              {"id": "b", "runner": "scripted", "dependencies": ["a"]}]}}
            """);

    api.awaitStatus(id, "completed");

    assertThat(api.node(id, "b").path("output").toString()).isEqualTo("{\"seen\":[\"a\"]}");
  }

  @Test
  void aLargeOutputGoesByReference() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "large", "runner": "template", "inputs": {"files": [%s]}}]}}
            """
                .formatted(files(3_000)));

    JsonNode execution = api.awaitStatus(id, "completed");

    JsonNode output = execution.path("nodes").path(0).path("output");
    assertThat(output.path("bytes").asInt()).isGreaterThan(64 << 10);
    assertThat(
            Path.of(execution.path("outputDir").asString())
                .resolve(output.path("reference").asString()))
        .content()
        .contains("a-file-with-a-long-name-2999.txt");
  }

  @Test
  void aRetryReusesWhatHadCompleted() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [
              {"id": "done", "runner": "scripted"},
              {"id": "flaky", "runner": "scripted", "dependencies": ["done"],
               "inputs": {"failures": 0, "await": "never-%1$s"}, "timeout": "100ms"}]}}
            """
                .formatted(System.nanoTime()));
    api.awaitStatus(id, "failed");

    ExecutorApi.Answer answer = api.post("/api/executions/" + id + "/retry", "");

    assertThat(answer.status()).isEqualTo(202);
    String again = answer.json().path("executionId").asString();
    assertThat(answer.json().path("retryOf").asString()).isEqualTo(id);
    assertThat(answer.header("Location")).isEqualTo("/api/executions/" + again);
    api.awaitStatus(again, "failed");
    assertThat(api.node(again, "done").path("reused").asBoolean()).isTrue();
    assertThat(api.node(again, "done").path("output").toString()).isEqualTo("{\"seen\":[]}");
    assertThat(events.awaitLast(again, "execution.failed"))
        .extracting(EventRecord::type)
        .containsExactly("execution.started", "node.started", "node.failed", "execution.failed");
  }

  private double outcomes(String outcome) {
    var counter = meters.find("anton.executions").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  private static String files(int count) {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < count; i++) {
      files.append(i == 0 ? "" : ",");
      files
          .append("{\"path\":\"a-file-with-a-long-name-")
          .append(i)
          .append(".txt\",\"content\":\"\"}");
    }
    return files.toString();
  }

  /** The event with apostrophes for quotes, and without what differs from run to run. */
  private static String line(EventRecord event, String executionId) {
    return LifecycleEvents.line(event)
        .replace('"', '\'')
        .replace(executionId, "ID")
        .replaceAll("'durationMs':[0-9]+", "'durationMs':N");
  }
}

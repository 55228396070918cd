package dev.anton.executor.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.api.problem.ProblemException;
import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.LifecycleEvents;
import dev.anton.executor.fixture.ScriptedRunner;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

class SubmissionTest extends ExecutorTest {

  private static final PlannerStub PLANNER = new PlannerStub();
  private static final String PLAN =
      "{\"projectName\": \"todo-api\", \"nodes\": [{\"id\": \"a\", \"runner\": \"noop\"}]}";

  private final ExecutorApi api;
  private final Path workspace;

  SubmissionTest(@LocalServerPort int port, @Value("${anton.workspace}") Path workspace) {
    this.api = new ExecutorApi(port);
    this.workspace = workspace;
  }

  @DynamicPropertySource
  static void planner(DynamicPropertyRegistry registry) {
    registry.add("anton.services.planner.url", PLANNER::url);
  }

  @AfterAll
  static void closePlanner() {
    PLANNER.close();
  }

  @Test
  void aCompletedSessionRunsAndItsEventsGoOnFromTheSessions(KafkaBackend kafka) {
    String session = Ids.session();
    Path folder = workspace.resolve("default/todo-api");
    PLANNER.knows(
        session,
        """
        {"sessionId": "%s", "tenant": "default", "status": "completed", "projectName": "todo-api",
         "outputDir": "%s", "plan": %s, "lastSequence": 10, "more": 1}
        """
            .formatted(session, folder, PLAN));
    try (LifecycleEvents events = LifecycleEvents.record(kafka)) {
      String id = api.start("{\"sessionId\": \"" + session + "\"}");

      List<EventRecord> told = events.awaitLast(session, "execution.completed");

      assertThat(told).extracting(EventRecord::sequence).containsExactly(11L, 12L, 13L, 14L);
      assertThat(told).extracting(EventRecord::subject).containsOnly(id);
      assertThat(LifecycleEvents.line(told.getFirst()))
          .isEqualTo(
              "execution.started {\"executionId\":\"%s\",\"sessionId\":\"%s\","
                      .formatted(id, session)
                  + "\"projectName\":\"todo-api\",\"nodeCount\":1}");
      JsonNode page = api.get("/api/executions?sessionId=" + session).json();
      assertThat(page.path("data").size()).isEqualTo(1);
      assertThat(page.path("data").path(0).path("executionId").asString()).isEqualTo(id);
      assertThat(page.path("data").path(0).path("outputDir").asString())
          .isEqualTo(folder.toString());
    }
  }

  @Test
  void itsEventsWaitForThoseOfTheSession() throws Exception {
    String session = Ids.session();
    String answer =
        """
        {"sessionId": "%s", "status": "completed", "outputDir": "%s", "plan": %s,
         "lastSequence": 10, "eventsSent": %s}
        """;
    Path folder = workspace.resolve("default/todo-api");
    PLANNER.knows(session, answer.formatted(session, folder, PLAN, false));

    Thread asking =
        Thread.ofVirtual().start(() -> api.start("{\"sessionId\": \"" + session + "\"}"));
    PLANNER.awaitQuestions(session, 3);
    assertThat(api.get("/api/executions?sessionId=" + session).json().path("data")).isEmpty();
    PLANNER.knows(session, answer.formatted(session, folder, PLAN, true));
    asking.join();

    assertThat(api.get("/api/executions?sessionId=" + session).json().path("data")).hasSize(1);
  }

  @Test
  void aPlanThatIsEditedLaterChangesNothingThatRuns() {
    String session = Ids.session();
    String gate = "gate-" + System.nanoTime();
    String planned =
        """
        {"sessionId": "%s", "status": "completed", "outputDir": "%s", "lastSequence": 10,
         "plan": {"projectName": "edited", "nodes": [
           {"id": "a", "runner": "scripted", "inputs": {"await": "%s"}},
           {"id": "%s", "runner": "scripted", "dependencies": ["a"]}]}}
        """;
    Path folder = workspace.resolve("default/edited");
    PLANNER.knows(session, planned.formatted(session, folder, gate, "before"));
    String id = api.start("{\"sessionId\": \"" + session + "\"}");
    api.awaitNode(id, "a", "running");

    PLANNER.knows(session, planned.formatted(session, folder, gate, "after"));
    ScriptedRunner.open(gate);

    api.awaitStatus(id, "completed");
    assertThat(ScriptedRunner.startsOf(id)).containsExactly("a/1", "before/1");
  }

  @Test
  void aSessionThatIsNotCompletedIsAConflict() {
    String session = Ids.session();
    PLANNER.knows(
        session,
        "{\"sessionId\": \"%s\", \"status\": \"running\", \"lastSequence\": 3}".formatted(session));

    ExecutorApi.Answer answer = api.post("/api/executions", "{\"sessionId\": \"" + session + "\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("code").asString()).isEqualTo("plan-not-completed");
  }

  @Test
  void anUnknownSessionIsNotFound() {
    ExecutorApi.Answer answer = api.post("/api/executions", "{\"sessionId\": \"ses_0\"}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("code").asString()).isEqualTo("not-found");
  }

  @Test
  void thePlansFolderIsMadeInTheTenantsPartOfTheWorkspace() {
    String named = api.start("{\"plan\": " + PLAN.replace("todo-api", "named") + "}");
    String unnamed = api.start("{\"plan\": " + PLAN.replace("todo-api", "") + "}");

    assertThat(api.execution(named).path("outputDir").asString())
        .isEqualTo(workspace.resolve("default/named").toString());
    assertThat(workspace.resolve("default").resolve(unnamed)).isDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                               | invalid-request     | ''
          {"sessionId": "s", "plan": {}}                   | invalid-request     | ''
          {"sesionId": "s"}                                | unknown-field       | /sesionId
          {"plan": []}                                     | invalid-plan        | /plan
          {"plan": {"nodes": 1}}                           | invalid-plan        | /plan/nodes
          {"plan": {"nodes": []}}                          | empty-plan          | /plan/nodes
          {"plan": {"nodes": [{"runner": "noop"}]}}        | invalid-plan        | /plan/nodes/0/id
          {"plan": {"nodes": [{"id": "a/b", "runner": "noop"}]}} | plan-invalid-node-id | /plan/nodes/0/id
          {"plan": {"nodes": [{"id": "a"}]}}               | invalid-plan        | /plan/nodes/0/runner
          {"plan": {"nodes": [{"id": "a", "runner": "x"}]}} | unknown-runner     | /plan/nodes/0/runner
          {"plan": {"nodes": [{"id": "a", "runner": "llm"}]}} | unknown-runner   | /plan/nodes/0/runner
          {"plan": {"nodes": [{"id": "a", "runner": "noop"}, {"id": "a", "runner": "noop"}]}} | plan-duplicate-node | /plan/nodes/1/id
          {"plan": {"nodes": [{"id": "a", "runner": "noop", "dependencies": ["b"]}]}} | plan-dangling-dependency | /plan/nodes/0/dependencies/0
          {"plan": {"nodes": [{"id": "a", "runner": "noop", "timeout": "soon"}]}} | invalid-plan | /plan/nodes/0/timeout
          {"plan": {"nodes": [{"id": "a", "runner": "noop", "retry": {"maxAttempts": 0}}]}} | invalid-plan | /plan/nodes/0/retry/maxAttempts
          {"plan": {"nodes": [{"id": "a", "runner": "noop", "inputs": 1}]}} | invalid-plan | /plan/nodes/0/inputs
          {"plan": {"projectName": "../x", "nodes": [{"id": "a", "runner": "noop"}]}} | invalid-plan | /plan/projectName
          {"plan": {"nodes": [{"id": "a", "runner": "noop"}]}, "config": {"maxConcurrency": 0}} | invalid-concurrency | /config/maxConcurrency
          """)
  void badInputIsRefusedWithItsPlace(String body, String code, String pointer) {
    ExecutorApi.Answer answer = api.post("/api/executions", body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).as(answer.text()).isEqualTo(code);
    assertThat(answer.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo(pointer.equals("''") ? "" : pointer);
    assertThat(Files.exists(workspace.resolve("x"))).isFalse();
  }

  @Test
  void aCycleIsNamed() {
    ExecutorApi.Answer answer =
        api.post(
            "/api/executions",
            """
            {"plan": {"nodes": [
              {"id": "a", "runner": "noop", "dependencies": ["c"]},
              {"id": "b", "runner": "noop", "dependencies": ["a"]},
              {"id": "c", "runner": "noop", "dependencies": ["b"]}]}}
            """);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asString()).isEqualTo("plan-cycle");
    assertThat(answer.json().path("detail").asString()).contains("a → c → b → a");
  }

  @Test
  void theListTakesOnlyKnownStatuses() {
    ExecutorApi.Answer answer = api.get("/api/executions?status=done");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asString()).isEqualTo("unknown-status");
  }

  @Test
  void anotherTenantsExecutionIsNotThere() {
    assertThat(api.get("/api/executions/exe_0").status()).isEqualTo(404);
    assertThat(api.get("/api/executions/exe_0/nodes/a/log").status()).isEqualTo(404);
  }

  @Test
  void readyWithItsDatabaseAndItsBrokers() {
    ExecutorApi.Answer answer = api.get("/actuator/health/readiness");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("components").propertyNames()).contains("db", "kafka");
  }

  @Test
  void aPlannerThatIsAwayIsUnavailable() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    Planner planner =
        new Planner(
            new PlannerProperties(
                URI.create("http://127.0.0.1:" + nobody),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));

    assertThatThrownBy(() -> planner.session(Tenant.DEFAULT, "ses_0"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status().value()).isEqualTo(503);
              assertThat(problem.code()).isEqualTo("planner-unavailable");
            });
  }
}

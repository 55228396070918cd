package dev.anton.planner.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.planner.session.Gates.Gate;
import dev.anton.planner.session.PlannerClient.Answer;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.EventRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** From a prompt over HTTP to a project on disk and events on Kafka. */
@BackendsTest(role = "planner")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"anton.planner.workers=2", "anton.planner.poll-interval=100ms"})
@Import(Gates.Configuration.class)
class PlanningTest {

  private static final String TODO = "Build a REST API for a todo list in Python";

  @TempDir static Path workspace;
  private static Timeline timeline;

  @Autowired private Gates gates;
  @Autowired private JdbcClient jdbc;
  @Autowired private MeterRegistry registry;
  @Autowired private SessionWorkers workers;
  @LocalServerPort private int port;
  private PlannerClient planner;

  @DynamicPropertySource
  static void workspace(DynamicPropertyRegistry properties) {
    properties.add("anton.workspace", workspace::toString);
  }

  @BeforeAll
  static void record(KafkaBackend kafka) {
    timeline = new Timeline(kafka);
  }

  @AfterAll
  static void stopRecording() {
    timeline.close();
  }

  @BeforeEach
  void connect() {
    planner = new PlannerClient(port);
  }

  @Test
  void aPromptBecomesAReviewedPlanAndEveryStepIsTold() {
    Answer accepted = planner.plan(TODO, "X-Anton-Tenant", "golden");

    assertThat(accepted.status()).isEqualTo(202);
    String session = accepted.text("sessionId");
    assertThat(session).startsWith("ses_");
    assertThat(accepted.headers().get("Location")).isEqualTo("/api/plans/" + session);
    assertThat(accepted.text("status")).isEqualTo("queued");
    assertThat(accepted.json().at("/links/self").asString()).isEqualTo("/api/plans/" + session);

    List<EventRecord> events = timeline.ended(session);
    assertThat(events)
        .extracting(event -> event.type() + " " + Timeline.data(event))
        .containsExactly(
            golden(session, workspace.resolve("golden/todo-list-api")).toArray(String[]::new));
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.key()).isEqualTo(session);
              assertThat(event.subject()).isEqualTo(session);
              assertThat(event.source()).isEqualTo("/planner-service");
              assertThat(event.tenant().id()).isEqualTo("golden");
              assertThat(event.traceparent()).isEqualTo(events.getFirst().traceparent());
            });
    assertThat(events)
        .extracting(EventRecord::sequence)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).mapToObj(Long::valueOf).toList());
    assertThat(events).extracting(EventRecord::id).doesNotHaveDuplicates();
    assertThat(timeline.commandsOf(session)).isEmpty();
  }

  /** The seed's payloads, character by character. */
  private static List<String> golden(String session, Path folder) {
    String id = "\"sessionId\":\"" + session + "\"";
    String named = "\"projectName\":\"todo-list-api\"";
    return List.of(
        "plan.started {%s,\"step\":\"initializing\",\"message\":\"Starting planning process\"}"
            .formatted(id),
        "plan.step {%s,\"step\":\"validating\",\"message\":\"Validating if the prompt describes a software project\"}"
            .formatted(id),
        "plan.step {%s,\"step\":\"validating\",\"message\":\"The prompt describes a REST API in Python for Todo(title, done)\",\"status\":\"complete\",\"isValid\":true}"
            .formatted(id),
        "plan.step {%s,\"step\":\"project-created\",\"message\":\"Creating the project folder and git repo\"}"
            .formatted(id),
        "plan.step {%s,\"step\":\"project-created\",\"message\":\"Project folder and git repo initialized\",\"status\":\"complete\",%s}"
            .formatted(id, named),
        "plan.step {%s,\"step\":\"planning\",\"message\":\"Generating the execution plan\",%s}"
            .formatted(id, named),
        "plan.step {%s,\"step\":\"planning\",\"message\":\"Generated a plan of 10 nodes for a REST API in Python for Todo(title, done)\",\"status\":\"complete\",%s}"
            .formatted(id, named),
        "plan.step {%s,\"step\":\"reviewing\",\"message\":\"Reviewing and optimizing the plan\",%s}"
            .formatted(id, named),
        "plan.step {%s,\"step\":\"reviewing\",\"message\":\"Reviewed the plan: 10 nodes in 6 rounds at best, nothing to mend\",\"status\":\"complete\",%s}"
            .formatted(id, named),
        "plan.completed {%s,%s,\"outputDir\":\"%s\",\"nodeCount\":10}"
            .formatted(id, named, folder));
  }

  @Test
  void theProjectIsARepositoryWithItsPlan() throws Exception {
    String session = planner.plan(TODO, "X-Anton-Tenant", "git").text("sessionId");
    timeline.ended(session);

    Answer shown = planner.get("/api/plans/" + session, "X-Anton-Tenant", "git");
    Path folder = Path.of(shown.text("outputDir"));
    assertThat(folder).isEqualTo(workspace.resolve("git/todo-list-api"));
    assertThat(shown.text("status")).isEqualTo("completed");
    assertThat(shown.text("step")).isEqualTo("reviewing");
    assertThat(shown.json().path("error").isNull()).isTrue();
    assertThat(shown.json().at("/plan/nodes").size()).isEqualTo(10);
    assertThat(shown.text("finishedAt"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    try (Git git = Git.open(folder.toFile())) {
      assertThat(git.getRepository().getBranch()).isEqualTo("main");
      assertThat(git.log().call())
          .extracting(RevCommit::getFullMessage)
          .containsExactly("Add the plan", "Start the project todo-list-api");
      assertThat(git.log().call())
          .extracting(RevCommit::getAuthorIdent)
          .extracting(PersonIdent::getName)
          .containsOnly("Anton");
      assertThat(git.status().call().isClean()).isTrue();
    }
    JsonNode plan =
        WireJson.mapper().readTree(Files.readString(folder.resolve(".anton/plan/plan.json")));
    assertThat(plan).isEqualTo(shown.json().path("plan"));
    assertThat(Files.readString(folder.resolve(".anton/plan/README.md")))
        .contains("```mermaid\nflowchart TD\n", "n0 --> n1");
    assertThat(Files.readString(folder.resolve("README.md"))).contains("    " + TODO);
  }

  @Test
  void executingIsACommandThatLeavesWithTheLastEvent() {
    String session =
        planner
            .post(
                "/api/plans",
                """
                {"prompt":"%s","execute":true,"projectName":"run-me",
                 "config":{"maxParallelization":3,"includeDocs":false}}
                """
                    .formatted(TODO))
            .text("sessionId");
    List<EventRecord> events = timeline.ended(session);
    await().until(() -> !timeline.commandsOf(session).isEmpty());

    assertThat(timeline.commandsOf(session)).hasSize(1);
    EventRecord command = timeline.commandsOf(session).getFirst();
    JsonNode data = Timeline.data(command);
    Answer shown = planner.get("/api/plans/" + session);
    assertThat(command.type()).isEqualTo("execution.start");
    assertThat(command.key()).isEqualTo(session);
    assertThat(command.subject()).isEqualTo(shown.text("executionId")).startsWith("exe_");
    assertThat(command.tenant().id()).isEqualTo("default");
    assertThat(data.path("executionId").asString()).isEqualTo(shown.text("executionId"));
    assertThat(data.path("sessionId").asString()).isEqualTo(session);
    assertThat(data.path("lastSequence").asLong()).isEqualTo(events.getLast().sequence());
    assertThat(data.path("maxConcurrency").asInt()).isEqualTo(3);
    assertThat(data.path("outputDir").asString()).endsWith("/default/run-me");
    assertThat(data.path("plan")).isEqualTo(shown.json().path("plan"));
    assertThat(data.path("plan").path("nodes").findValuesAsString("id")).doesNotContain("readme");
    assertThat(shown.json().at("/links/execution").asString())
        .isEqualTo("/api/executions/" + shown.text("executionId"));
  }

  @Test
  void aPromptThatIsNoSoftwareProjectFailsWithAWayOut() throws IOException {
    String session =
        planner.plan("What is the weather today?", "X-Anton-Tenant", "weather").text("sessionId");

    List<EventRecord> events = timeline.ended(session);

    assertThat(events)
        .extracting(Timeline::line)
        .containsExactly(
            "plan.started",
            "plan.step validating",
            "plan.step validating complete",
            "plan.failed validating");
    assertThat(Timeline.data(events.get(2)).path("isValid").booleanValue()).isFalse();
    assertThat(Timeline.data(events.getLast()).propertyNames())
        .containsExactly("sessionId", "error", "step");
    Answer shown = planner.get("/api/plans/" + session, "X-Anton-Tenant", "weather");
    assertThat(shown.text("status")).isEqualTo("failed");
    assertThat(shown.text("error"))
        .isEqualTo(Timeline.data(events.getLast()).path("error").asString())
        .contains("asks a question", "Build a REST API");
    assertThat(workspace.resolve("weather")).doesNotExist();
  }

  @Test
  void whatNoTemplateMakesFailsInPlanningAndLeavesNoFolder() {
    String[] tenant = {"X-Anton-Tenant", "rust"};
    String session =
        planner.plan("Build a REST API for a todo list in Rust", tenant).text("sessionId");

    List<EventRecord> events = timeline.ended(session);

    assertThat(Timeline.line(events.getLast())).isEqualTo("plan.failed planning");
    assertThat(Timeline.data(events.getLast()).path("error").asString())
        .contains(
            "a REST API in Rust",
            "On offer: a REST API, a command-line tool",
            "Python, JavaScript or Java");
    await()
        .until(
            () -> planner.get("/api/plans/" + session, tenant).json().path("outputDir").isNull());
    assertThat(workspace.resolve("rust")).isEmptyDirectory();
    String next = planner.plan(TODO, tenant).text("sessionId");
    assertThat(Timeline.data(timeline.ended(next).getLast()).path("projectName").asString())
        .as("the name was given back")
        .isEqualTo("todo-list-api");
  }

  @Test
  void aFolderThatCannotBeMadeFailsAsProjectCreation() throws IOException {
    Files.writeString(workspace.resolve("blocked"), "no folder");

    String session = planner.plan(TODO, "X-Anton-Tenant", "blocked").text("sessionId");

    EventRecord failed = timeline.ended(session).getLast();
    assertThat(Timeline.data(failed).path("step").asString()).isEqualTo("project-creation");
    assertThat(Timeline.data(failed).path("error").asString())
        .contains("blocked/todo-list-api cannot be made");
    assertThat(planner.get("/api/plans/" + session, "X-Anton-Tenant", "blocked").text("step"))
        .isEqualTo("project-creation");
  }

  @Test
  void projectsOfOneNameAreNumbered() throws IOException {
    String[] tenant = {"X-Anton-Tenant", "numbers"};
    Files.createDirectories(workspace.resolve("numbers/Shop-3/of-somebody-else"));
    List<String> sessions =
        Stream.generate(
                () ->
                    planner.post(
                        "/api/plans",
                        "{\"prompt\":\"%s\",\"projectName\":\"shop\"}".formatted(TODO),
                        tenant))
            .limit(6)
            .map(answer -> answer.text("sessionId"))
            .toList();

    List<String> names = new ArrayList<>();
    for (String session : sessions) {
      names.add(Timeline.data(timeline.ended(session).getLast()).path("projectName").asString());
    }

    assertThat(names)
        .containsExactlyInAnyOrder("shop", "shop-2", "shop-3", "shop-4", "shop-5", "shop-6");
    names.forEach(name -> assertThat(workspace.resolve("numbers").resolve(name)).isDirectory());
  }

  @Test
  void aFolderThatNoSessionKnowsIsLeftAlone() throws IOException {
    Files.createDirectories(workspace.resolve("foreign/todo-list-api/mine"));

    String session = planner.plan(TODO, "X-Anton-Tenant", "foreign").text("sessionId");

    assertThat(Timeline.data(timeline.ended(session).getLast()).path("projectName").asString())
        .isEqualTo("todo-list-api-2");
    assertThat(workspace.resolve("foreign/todo-list-api")).isDirectoryContaining("glob:**mine");
  }

  @Test
  void aRunningSessionIsCancelledAndNothingOfItStays() throws Exception {
    String[] tenant = {"X-Anton-Tenant", "cancel"};
    Gate gate = gates.closeFor("todo-list-api");
    String session = planner.plan(TODO, tenant).text("sessionId");
    gate.awaitReached();

    Answer cancelled = planner.post("/api/plans/" + session + "/cancel", "", tenant);
    gate.open();

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.text("status")).isEqualTo("cancelled");
    await()
        .until(
            () -> planner.get("/api/plans/" + session, tenant).json().path("outputDir").isNull());
    assertThat(workspace.resolve("cancel")).isEmptyDirectory();
    List<EventRecord> events = timeline.ended(session);
    assertThat(events.getLast().sequence()).isEqualTo(events.size());
    assertThat(Timeline.data(events.getLast()))
        .hasToString("{\"sessionId\":\"%s\",\"step\":\"planning\"}".formatted(session));
    Answer again = planner.post("/api/plans/" + session + "/cancel", "", tenant);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("code")).isEqualTo("session-ended");
  }

  @Test
  void aSessionThatNobodyWorksOnIsCancelled() throws Exception {
    List<Gate> gateways = List.of(gates.closeFor("busy-1"), gates.closeFor("busy-2"));
    for (int i = 1; i <= 2; i++) {
      planner.post(
          "/api/plans", "{\"prompt\":\"%s\",\"projectName\":\"busy-%d\"}".formatted(TODO, i));
    }
    for (Gate gate : gateways) {
      gate.awaitReached();
    }
    String session = planner.plan(TODO, "X-Anton-Tenant", "queued").text("sessionId");

    Answer cancelled =
        planner.post("/api/plans/" + session + "/cancel", "", "X-Anton-Tenant", "queued");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(timeline.ended(session))
        .extracting(Timeline::line)
        .containsExactly("plan.started", "plan.cancelled initializing");
    assertThat(registry.get("anton.planner.workers.active").gauge().value()).isEqualTo(2);
    gateways.forEach(Gate::open);
    assertThat(workspace.resolve("queued")).doesNotExist();
  }

  @Test
  void aSessionIsTakenOverAndTheSlowWorkerIsRefused() throws Exception {
    String[] tenant = {"X-Anton-Tenant", "takeover"};
    Gate gate = gates.closeFor("todo-list-api");
    String session = planner.plan(TODO, tenant).text("sessionId");
    gate.awaitReached();

    // As when the owner stalls past its lease: the lease runs out and is not renewed.
    jdbc.sql(
            """
            UPDATE planning_sessions
               SET lease_owner = 'stalled', lease_until = now() - interval '1 second'
             WHERE id = :id
            """)
        .param("id", session)
        .update();
    List<EventRecord> events = timeline.ended(session);
    double lostBefore = registry.counter("anton.planner.leases.lost").count();
    gate.open();

    await().until(() -> registry.counter("anton.planner.leases.lost").count() > lostBefore);
    assertThat(events).extracting(EventRecord::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(timeline.of(session)).extracting(Timeline::line).hasSize(10).doesNotHaveDuplicates();
    assertThat(planner.get("/api/plans/" + session, tenant).text("status")).isEqualTo("completed");
    assertThat(workspace.resolve("takeover/todo-list-api/.anton/plan/plan.json")).exists();
  }

  @Test
  void aDatabaseThatIsAwayForAWhileLosesNoSession(PostgresBackend postgres) throws Exception {
    String[] tenant = {"X-Anton-Tenant", "outage"};
    Gate gate = gates.closeFor("todo-list-api");
    List<String> sessions =
        Stream.generate(() -> planner.plan(TODO, tenant).text("sessionId")).limit(6).toList();
    gate.awaitReached();

    try {
      asSuperuser(postgres, "ALTER ROLE planner NOLOGIN");
      asSuperuser(
          postgres,
          """
          SELECT pg_terminate_backend(pid)
            FROM pg_stat_activity
           WHERE usename = 'planner' AND datname = current_database()
          """);
      gate.open();
      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    } finally {
      asSuperuser(postgres, "ALTER ROLE planner LOGIN");
    }

    for (String session : sessions) {
      // What the relay had sent and could not delete it sends again, under the same id.
      Map<String, EventRecord> events = new LinkedHashMap<>();
      timeline.ended(session).forEach(event -> events.putIfAbsent(event.id(), event));
      assertThat(events.values())
          .extracting(EventRecord::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
      assertThat(events.values()).extracting(EventRecord::type).endsWith("plan.completed");
    }
  }

  private static void asSuperuser(PostgresBackend postgres, String sql) throws SQLException {
    try (Connection connection = postgres.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void atShutdownTheStepIsEndedAndTheSessionGivenBack() throws Exception {
    Gate gate = gates.closeFor("left-behind");
    String session =
        planner
            .post(
                "/api/plans", "{\"prompt\":\"%s\",\"projectName\":\"left-behind\"}".formatted(TODO))
            .text("sessionId");
    gate.awaitReached();

    Thread stopping = Thread.ofVirtual().start(workers::stop);
    await().until(() -> !workers.isRunning());
    gate.open();
    stopping.join(Duration.ofSeconds(10));

    Map<String, Object> row =
        jdbc.sql("SELECT status, step, lease_owner FROM planning_sessions WHERE id = :id")
            .param("id", session)
            .query()
            .singleRow();
    assertThat(row)
        .containsEntry("status", "running")
        .containsEntry("step", "reviewing")
        .containsEntry("lease_owner", null);
    workers.start();
    assertThat(timeline.ended(session)).hasSize(10);
  }

  @Test
  void theSameRequestIsAnsweredOnce() {
    String body = "{\"prompt\":\"%s\",\"projectName\":\"once\"}".formatted(TODO);
    String[] headers = {"Idempotency-Key", "key-1", "X-Anton-Tenant", "idempotent"};

    Answer first = planner.post("/api/plans", body, headers);
    Answer second = planner.post("/api/plans", body, headers);
    Answer other = planner.post("/api/plans", body.replace("once", "twice"), headers);

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(409);
    assertThat(planner.get("/api/plans", "X-Anton-Tenant", "idempotent").json().path("data").size())
        .isEqualTo(1);
  }

  @Test
  void theExecutorGetsWhatItNeeds() {
    String session = planner.plan(TODO, "X-Anton-Tenant", "internal").text("sessionId");
    List<EventRecord> events = timeline.ended(session);

    JsonNode answer =
        planner.get("/internal/plans/" + session, "X-Anton-Tenant", "internal").json();

    assertThat(answer.path("tenant").asString()).isEqualTo("internal");
    assertThat(answer.path("status").asString()).isEqualTo("completed");
    assertThat(answer.path("projectName").asString()).isEqualTo("todo-list-api");
    assertThat(answer.path("outputDir").asString())
        .isEqualTo(workspace.resolve("internal/todo-list-api").toString());
    assertThat(answer.path("plan").path("nodes").size()).isEqualTo(10);
    assertThat(answer.path("lastSequence").asLong()).isEqualTo(events.getLast().sequence());
    assertThat(planner.get("/internal/plans/" + session).status()).isEqualTo(404);
  }

  @Test
  void operatorsSeeWhatHappens() {
    timeline.ended(planner.plan(TODO, "X-Anton-Tenant", "metrics").text("sessionId"));
    timeline.ended(planner.plan("asdf", "X-Anton-Tenant", "metrics").text("sessionId"));

    await()
        .untilAsserted(
            () -> {
              assertThat(counter("completed")).isPositive();
              assertThat(counter("failed")).isPositive();
            });
    assertThat(registry.get("anton.planner.step").tag("step", "reviewing").timer().count())
        .isPositive();
    assertThat(registry.get("anton.planner.queue.age").timeGauge().value()).isNotNegative();
    assertThat(planner.get("/actuator/health/readiness").text("status")).isEqualTo("UP");
    assertThat(planner.get("/actuator/health/readiness").json().path("components").propertyNames())
        .contains("db", "kafka", "workspace");
  }

  private double counter(String outcome) {
    return registry.get("anton.planner.sessions").tag("outcome", outcome).counter().count();
  }
}

package dev.anton.planner.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.planner.model.ModelProvider;
import dev.anton.planner.model.StubProvider;
import dev.anton.planner.model.StubProvider.Reply;
import dev.anton.schemas.kafka.EventRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Sessions with a language model, from the prompt to the project. */
@ExtendWith(OutputCaptureExtension.class)
@BackendsTest(role = "planner")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "anton.planner.workers=2",
      "anton.planner.poll-interval=100ms",
      "anton.planner.model.provider=openai",
      "anton.planner.model.name=m",
      "anton.planner.model.api-key=sk-secret",
      "anton.planner.model.limits.retries=0",
      "anton.planner.model.limits.corrections=1",
      "anton.planner.model.prices.input=3",
      "anton.planner.model.prices.output=15",
      "anton.planner.model.prices.daily-budget=10"
    })
class ModelPlanningTest {

  private static final String TODO = "Build a REST API for a todo list in Python";
  private static final String RUST = "Build a REST API for a todo list in Rust";
  private static final String PLAN =
      """
      {"description": "A todo API", "nodes": [
        {"id": "write", "runner": "template", "inputs": {"files": [{"path": "a.rs", "content": ""}]}},
        {"id": "test", "runner": "noop", "dependencies": ["write"]},
        {"id": "commit", "runner": "git", "dependencies": ["test", "write"]}
      ]}
      """;

  private static final StubProvider stub = new StubProvider();
  @TempDir static Path workspace;
  private static Timeline timeline;

  @LocalServerPort private int port;
  private PlannerClient planner;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    properties.add("anton.workspace", workspace::toString);
    properties.add("anton.planner.model.base-url", () -> stub.baseUrl(ModelProvider.OPENAI));
  }

  @BeforeAll
  static void record(KafkaBackend kafka) {
    timeline = new Timeline(kafka);
  }

  @AfterAll
  static void stopRecording() {
    timeline.close();
    stub.close();
  }

  @BeforeEach
  void connect() {
    planner = new PlannerClient(port);
  }

  @Test
  void aModelPlansWhatNoTemplateMakes(CapturedOutput output) throws Exception {
    stub.replies(new Reply.Says(PLAN));

    String session = planner.plan(RUST, "X-Anton-Tenant", "model").text("sessionId");

    List<EventRecord> events = timeline.ended(session);
    assertThat(Timeline.line(events.getLast())).isEqualTo("plan.completed");
    JsonNode planned = Timeline.data(events.get(6));
    assertThat(planned.path("step").asString()).isEqualTo("planning");
    assertThat(planned.path("planner").asString()).isEqualTo("model");
    assertThat(planned.has("fallback")).isFalse();
    JsonNode reviewed = Timeline.data(events.get(8));
    assertThat(reviewed.at("/findings/0/code").asString()).isEqualTo("transitive-dependency");
    JsonNode shown = planner.get("/api/plans/" + session, "X-Anton-Tenant", "model").json();
    assertThat(shown.at("/planning/model").asString()).isEqualTo("m");
    assertThat(shown.at("/planning/cost").decimalValue()).isEqualByComparingTo("0.0105");
    assertThat(shown.at("/review/findings/0/pointer").asString())
        .isEqualTo("/nodes/2/dependencies/1");
    assertThat(shown.at("/review/criticalPath").size()).isEqualTo(3);
    assertThat(shown.at("/plan/nodes/2/dependencies").size()).isEqualTo(1);
    assertThat(
            Files.readString(Path.of(shown.path("outputDir").asString(), ".anton/plan/plan.json")))
        .contains("a.rs");
    assertThat(output).doesNotContain("sk-secret");
  }

  @Test
  void aModelThatFailsIsReplacedByRulesAndThatIsTold(CapturedOutput output) {
    stub.replies(new Reply.Status(503, Map.of()));

    String session = planner.plan(TODO, "X-Anton-Tenant", "fallback").text("sessionId");

    List<EventRecord> events = timeline.ended(session);
    assertThat(Timeline.line(events.getLast())).isEqualTo("plan.completed");
    JsonNode planned = Timeline.data(events.get(6));
    assertThat(planned.path("planner").asString()).isEqualTo("rules");
    assertThat(planned.path("fallback").asString()).isEqualTo("The language model is out of order");
    assertThat(planned.path("message").asString())
        .endsWith(", by rules: the language model is out of order");
    JsonNode shown = planner.get("/api/plans/" + session, "X-Anton-Tenant", "fallback").json();
    assertThat(shown.at("/plan/description").asString())
        .endsWith("Planned by rules: the language model is out of order");
    assertThat(shown.at("/planning/fallback").asString())
        .isEqualTo(planned.path("fallback").asString());
    assertThat(output).doesNotContain("sk-secret");
  }

  @Test
  void whereRulesCannotHelpBothReasonsAreTold() {
    stub.replies(new Reply.Says("no"), new Reply.Says("no"));

    String session = planner.plan(RUST, "X-Anton-Tenant", "neither").text("sessionId");

    EventRecord failed = timeline.ended(session).getLast();
    assertThat(Timeline.line(failed)).isEqualTo("plan.failed planning");
    assertThat(Timeline.data(failed).path("error").asString())
        .contains("The language model answered with no plan that can run", "a REST API in Rust");
  }

  @Test
  void aCancelledSessionHangsUp() {
    stub.replies(new Reply.FallsSilent("{\"nodes\""), new Reply.Says(PLAN));
    String session = planner.plan(TODO, "X-Anton-Tenant", "hang-up").text("sessionId");
    await().until(() -> stub.requests().size() == 1);

    planner.post("/api/plans/" + session + "/cancel", "", "X-Anton-Tenant", "hang-up");

    // Long before the model's silence would have ended the call.
    await()
        .untilAsserted(
            () ->
                assertThat(
                        planner
                            .get("/api/plans/" + session, "X-Anton-Tenant", "hang-up")
                            .json()
                            .path("outputDir")
                            .isNull())
                    .isTrue());
    assertThat(timeline.ended(session).getLast().type()).isEqualTo("plan.cancelled");
    assertThat(stub.requests()).hasSize(1);
    assertThat(workspace.resolve("hang-up")).isEmptyDirectory();
  }

  @Test
  void budgetsAreMetrics() {
    String metrics =
        planner.get("/actuator/metrics/anton.planner.model.budget.daily").json().toString();

    assertThat(metrics).contains("10.0");
    assertThat(planner.get("/actuator/metrics/anton.planner.model.spent.today").status())
        .isEqualTo(200);
  }
}

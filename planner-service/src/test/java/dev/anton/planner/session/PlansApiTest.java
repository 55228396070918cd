package dev.anton.planner.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.fixtures.BackendsTest;
import dev.anton.planner.session.PlannerClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The HTTP surface, with nobody working on the sessions. */
@BackendsTest(role = "planner")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "anton.planner.workers=0")
class PlansApiTest {

  @TempDir static Path workspace;

  @LocalServerPort private int port;
  private PlannerClient planner;

  @DynamicPropertySource
  static void workspace(DynamicPropertyRegistry properties) {
    properties.add("anton.workspace", workspace::toString);
  }

  @BeforeEach
  void connect() {
    planner = new PlannerClient(port);
  }

  static Stream<Arguments> badInput() {
    String prompt = "\"prompt\":\"Build a REST API\"";
    return Stream.of(
        Arguments.of("no prompt", "{}", "/prompt"),
        Arguments.of("no text", "{\"prompt\":null}", "/prompt"),
        Arguments.of("an empty prompt", "{\"prompt\":\"\"}", "/prompt"),
        Arguments.of("a blank prompt", "{\"prompt\":\" \\n\\t \"}", "/prompt"),
        Arguments.of("10,001 characters", prompt("a".repeat(10_001)), "/prompt"),
        Arguments.of("20,000 characters", prompt("a".repeat(20_000)), "/prompt"),
        Arguments.of("a NUL", prompt("a\\u0000b"), "/prompt"),
        Arguments.of("half a character", prompt("a\\ud800b"), "/prompt"),
        Arguments.of("a number as prompt", "{\"prompt\":5}", "/prompt"),
        Arguments.of("an object as prompt", "{\"prompt\":{}}", "/prompt"),
        Arguments.of(
            "a path as name", "{%s,\"projectName\":\"../x\"}".formatted(prompt), "/projectName"),
        Arguments.of(
            "a hidden name", "{%s,\"projectName\":\".git\"}".formatted(prompt), "/projectName"),
        Arguments.of(
            "an empty name", "{%s,\"projectName\":\"\"}".formatted(prompt), "/projectName"),
        Arguments.of(
            "a space in the name",
            "{%s,\"projectName\":\"a b\"}".formatted(prompt),
            "/projectName"),
        Arguments.of(
            "a name of 51 characters",
            "{%s,\"projectName\":\"%s\"}".formatted(prompt, "a".repeat(51)),
            "/projectName"),
        Arguments.of(
            "a line end in the name",
            "{%s,\"projectName\":\"a\\n\"}".formatted(prompt),
            "/projectName"),
        Arguments.of("a text as flag", "{%s,\"execute\":\"yes\"}".formatted(prompt), "/execute"),
        Arguments.of(
            "no parallelization at all",
            "{%s,\"config\":{\"maxParallelization\":0}}".formatted(prompt),
            "/config/maxParallelization"),
        Arguments.of(
            "too much parallelization",
            "{%s,\"config\":{\"maxParallelization\":65}}".formatted(prompt),
            "/config/maxParallelization"),
        Arguments.of(
            "half a node",
            "{%s,\"config\":{\"maxParallelization\":1.5}}".formatted(prompt),
            "/config/maxParallelization"),
        Arguments.of(
            "a text as setting",
            "{%s,\"config\":{\"includeTests\":\"no\"}}".formatted(prompt),
            "/config/includeTests"),
        Arguments.of("a list as config", "{%s,\"config\":[]}".formatted(prompt), "/config"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInput")
  void badInputIsRefusedWhereItStandsAndLeavesNothing(String what, String body, String pointer) {
    Answer answer = planner.post("/api/plans", body, "X-Anton-Tenant", "bad");

    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
    assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text("code")).matches("[a-z0-9-]+");
    assertThat(
            answer
                .json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString()))
        .contains(pointer);
    assertThat(answer.json().at("/errors/0/detail").asString())
        .hasSizeGreaterThan(15)
        .doesNotContain("Exception", "java.", "pattern", "must match");
    assertThat(list("bad", "").path("data").size()).isZero();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Answer answer =
        planner.post(
            "/api/plans", "{\"projectName\":\"a/b\",\"config\":{\"maxParallelization\":100}}");

    assertThat(
            answer
                .json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString()))
        .containsExactlyInAnyOrder("/prompt", "/projectName", "/config/maxParallelization");
  }

  @Test
  void theLongestPromptIsAccepted() {
    // Counted in characters, of which each of these is one, though Java needs two for it.
    assertThat(planner.plan("🙂".repeat(10_000), "X-Anton-Tenant", "long").status()).isEqualTo(202);
  }

  @Test
  void listsAreNewestFirstAndPaged() {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sessions.addFirst(planner.plan("Build an API", "X-Anton-Tenant", "pages").text("sessionId"));
    }

    JsonNode first = list("pages", "?limit=3");
    JsonNode second = list("pages", "?limit=3&cursor=" + first.path("nextCursor").asString());

    assertThat(ids(first)).isEqualTo(sessions.subList(0, 3));
    assertThat(ids(second)).isEqualTo(sessions.subList(3, 5));
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertThat(first.at("/data/0").has("plan")).isFalse();
  }

  @Test
  void listsAreFilteredByStatus() {
    String[] tenant = {"X-Anton-Tenant", "filter"};
    String cancelled = planner.plan("Build an API", tenant).text("sessionId");
    planner.post("/api/plans/" + cancelled + "/cancel", "", tenant);
    String queued = planner.plan("Build an API", tenant).text("sessionId");

    assertThat(ids(list("filter", "?status=cancelled"))).containsExactly(cancelled);
    assertThat(ids(list("filter", "?status=queued"))).containsExactly(queued);
    assertThat(ids(list("filter", "?status=running"))).isEmpty();
    Answer unknown = planner.get("/api/plans?status=happy", tenant);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("detail")).contains("queued, running, completed, failed, cancelled");
  }

  @Test
  void whatIsNotThereOrAnotherTenantsIsNotFound() {
    String theirs = planner.plan("Build an API", "X-Anton-Tenant", "theirs").text("sessionId");

    for (String id : List.of("ses_0", theirs)) {
      assertThat(planner.get("/api/plans/" + id).status()).isEqualTo(404);
      assertThat(planner.get("/internal/plans/" + id).status()).isEqualTo(404);
      assertThat(planner.post("/api/plans/" + id + "/cancel", "").status()).isEqualTo(404);
    }
    assertThat(planner.get("/api/plans/" + theirs, "X-Anton-Tenant", "theirs").text("status"))
        .isEqualTo("queued");
  }

  @Test
  void anUnfinishedSessionHasNoPlanForTheExecutor() {
    String session = planner.plan("Build an API").text("sessionId");

    JsonNode answer = planner.get("/internal/plans/" + session).json();

    assertThat(answer.path("status").asString()).isEqualTo("queued");
    assertThat(answer.path("plan").isNull()).isTrue();
    assertThat(answer.path("lastSequence").asLong()).isEqualTo(1);
  }

  private JsonNode list(String tenant, String query) {
    return planner.get("/api/plans" + query, "X-Anton-Tenant", tenant).json();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("data")
        .valueStream()
        .map(session -> session.path("sessionId").asString())
        .toList();
  }

  private static String prompt(String text) {
    return "{\"prompt\":\"%s\"}".formatted(text);
  }
}

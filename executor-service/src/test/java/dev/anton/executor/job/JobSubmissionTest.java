package dev.anton.executor.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.job.JobsApi.Answer;
import dev.anton.fixtures.BackendsTest;
import dev.anton.schemas.json.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What is taken in and what is refused, with a dispatcher that says both. */
@BackendsTest(role = "executor")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "anton.services.dispatcher.timeout=500ms")
class JobSubmissionTest {

  private static final StubDispatcher DISPATCHER = new StubDispatcher();

  private static final String WITH_WEBHOOK =
      """
      {
        "input": {"data": "your input"},
        "plugins": ["example-plugin"],
        "webhook": {
          "url": "https://your-webhook-endpoint.com/hook",
          "headers": {"Authorization": "Bearer your-token"},
          "on": ["completed", "failed"],
          "retries": 3
        }
      }
      """;

  @Autowired private JdbcClient jdbc;
  @LocalServerPort private int port;
  private JobsApi api;

  @DynamicPropertySource
  static void dispatcher(DynamicPropertyRegistry registry) {
    registry.add("anton.services.dispatcher.url", DISPATCHER::url);
  }

  @AfterAll
  static void stopDispatcher() {
    DISPATCHER.close();
  }

  @BeforeEach
  void connect() {
    DISPATCHER.answer(201, "{}");
    api = new JobsApi(port);
  }

  @Test
  void answersAcceptedWithTheJobAndItsAddress() {
    Answer answer =
        api.post("/api/jobs", "{\"input\": {\"data\": 1}, \"plugins\": [\"example-plugin\"]}");

    assertThat(answer.status()).isEqualTo(202);
    JsonNode job = answer.body();
    assertThat(job.path("jobId").asString()).startsWith("job_");
    assertThat(answer.location()).isEqualTo("/api/jobs/" + job.path("jobId").asString());
    assertThat(job.path("config").toString())
        .isEqualTo("{\"input\":{\"data\":1},\"plugins\":[\"example-plugin\"]}");
    assertThat(job.path("createdAt").asString()).endsWith("Z");
  }

  @Test
  void subscribesTheWebhookUnderTheJobsIdBeforeTheJobIsThere() {
    Answer answer = api.post("/api/jobs", WITH_WEBHOOK, "X-Anton-Tenant", "acme");

    String id = answer.body().path("jobId").asString();
    StubDispatcher.Request asked = DISPATCHER.last();
    assertThat(asked.method()).isEqualTo("PUT");
    assertThat(asked.path()).isEqualTo("/internal/job-subscriptions/" + id);
    assertThat(asked.tenant()).isEqualTo("acme");
    assertThat(WireJson.mapper().readTree(asked.body()))
        .isEqualTo(
            WireJson.mapper()
                .readTree(
                    """
                    {"url": "https://your-webhook-endpoint.com/hook",
                     "headers": {"Authorization": "Bearer your-token"},
                     "on": ["completed", "failed"],
                     "retries": 3}
                    """));
    assertThat(api.get("/api/jobs/" + id, "X-Anton-Tenant", "acme").text())
        .doesNotContain("your-token", "your-webhook-endpoint");
  }

  @Test
  void aWebhookThatAsksForAllSaysNull() {
    api.submit(
        """
        {"input": 1, "plugins": ["example-plugin"], "webhook": {"url": "https://x.example"}}
        """);

    assertThat(DISPATCHER.last().body())
        .isEqualTo("{\"url\":\"https://x.example\",\"headers\":{},\"on\":null,\"retries\":3}");
  }

  @Test
  void whatTheDispatcherRefusesIsPassedOnAndNothingIsLeftBehind() {
    DISPATCHER.answer(
        400,
        """
        {"status": 400, "code": "invalid-url", "detail": "The address is private",
         "errors": [{"pointer": "/url", "detail": "10.0.0.1 is a private address"}]}
        """);
    long before = jobs();

    Answer answer = api.post("/api/jobs", WITH_WEBHOOK);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("code").asString()).isEqualTo("invalid-url");
    assertThat(answer.body().path("errors").toString())
        .isEqualTo("[{\"pointer\":\"/webhook/url\",\"detail\":\"10.0.0.1 is a private address\"}]");
    assertThat(jobs()).isEqualTo(before);
  }

  @Test
  void whileTheDispatcherIsAwayOnlyJobsWithoutAWebhookAreTakenIn() {
    for (int status : List.of(500, 503, 404, 0)) {
      DISPATCHER.answer(status, "{}");
      long before = jobs();

      Answer answer = api.post("/api/jobs", WITH_WEBHOOK);

      assertThat(answer.status()).as("dispatcher answers %d", status).isEqualTo(503);
      assertThat(answer.body().path("code").asString()).isEqualTo("webhook-unavailable");
      assertThat(jobs()).isEqualTo(before);
    }
    api.submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");
  }

  @Test
  void whenTheJobCannotBePutInItsWebhookIsTakenBack() {
    Answer answer =
        api.post("/api/jobs", WITH_WEBHOOK.replace("your input", "a NUL \\u0000 is JSON"));
    assertThat(answer.status()).as("json columns take it").isEqualTo(202);

    jdbc.sql("ALTER TABLE jobs ADD CONSTRAINT refuse CHECK (retries <> 10) NOT VALID").update();
    String refused = WITH_WEBHOOK.replaceFirst("\\{", "{\"retries\": 10, ");

    assertThat(api.post("/api/jobs", refused).status()).isGreaterThanOrEqualTo(400);
    assertThat(DISPATCHER.last().method()).isEqualTo("DELETE");
  }

  @Test
  void theSameIdempotencyKeyMakesOneJobWithOneWebhook() {
    long before = jobs();
    int asked = DISPATCHER.requests().size();

    Answer first = api.post("/api/jobs", WITH_WEBHOOK, "Idempotency-Key", "once");
    Answer again = api.post("/api/jobs", WITH_WEBHOOK, "Idempotency-Key", "once");
    Answer other =
        api.post(
            "/api/jobs", WITH_WEBHOOK.replace("your input", "another"), "Idempotency-Key", "once");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(other.status()).isEqualTo(409);
    assertThat(jobs()).isEqualTo(before + 1);
    assertThat(DISPATCHER.requests()).hasSize(asked + 1);
  }

  @Test
  void badInputIsRefusedWithAProblem() {
    assertProblem("{", 400, "malformed-json");
    assertProblem("{\"input\": 1, \"plugins\": [\"nope\"]}", 400, "invalid-job");
    assertProblem("{\"input\": 1, \"plugins\": []}", 400, "invalid-job");
    assertProblem(
        "{\"input\": \"%s\", \"plugins\": [\"example-plugin\"]}".formatted("x".repeat(300_000)),
        413,
        "input-too-large");
    assertProblem(
        "{\"input\": \"\\ud800\", \"plugins\": [\"example-plugin\"]}", 400, "invalid-job");
    assertProblem(
        "{\"input\": 1, \"plugins\": [%s]}"
            .formatted(
                IntStream.range(0, 101)
                    .mapToObj(i -> "\"example-plugin\"")
                    .collect(Collectors.joining(","))),
        400,
        "invalid-job");
  }

  @Test
  void aHundredPluginsOverTheLargestInputRunToTheEnd() {
    String plugins =
        IntStream.range(0, 100)
            .mapToObj(i -> i % 2 == 0 ? "\"example-plugin\"" : "\"text-stats\"")
            .collect(Collectors.joining(","));
    String data = "ab ".repeat((JobDefinition.MAX_INPUT_BYTES - 2) / 3);

    String id = api.submit("{\"input\": \"%s\", \"plugins\": [%s]}".formatted(data, plugins));

    JsonNode job = api.awaitStatus(id, "completed");
    assertThat(job.path("result").path("metrics").size()).isEqualTo(100);
  }

  @Test
  void listsJobsOfOneTenantNewestFirstPageByPage() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Answer answer =
          api.post(
              "/api/jobs",
              "{\"input\": 1, \"plugins\": [\"example-plugin\"]}",
              "X-Anton-Tenant",
              "lister");
      ids.addFirst(answer.body().path("jobId").asString());
    }

    JsonNode first = api.get("/api/jobs?limit=2", "X-Anton-Tenant", "lister").body();
    String cursor = first.path("nextCursor").asString();
    JsonNode second =
        api.get("/api/jobs?limit=2&cursor=" + cursor, "X-Anton-Tenant", "lister").body();

    assertThat(first.path("data").findValuesAsString("jobId"))
        .containsExactlyElementsOf(ids.subList(0, 2));
    assertThat(second.path("data").findValuesAsString("jobId"))
        .containsExactlyElementsOf(ids.subList(2, 3));
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertThat(api.get("/api/jobs/" + ids.getFirst()).status()).as("another's").isEqualTo(404);
  }

  @Test
  void listsByStatus() {
    String id = api.submit("{\"input\": 1, \"plugins\": [\"crashing-plugin\"]}");
    api.awaitStatus(id, "failed");

    JsonNode failed = api.get("/api/jobs?status=failed").body().path("data");

    assertThat(failed.findValuesAsString("status")).isNotEmpty().containsOnly("failed");
    Answer wrong = api.get("/api/jobs?status=done");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("queued, running, completed, failed, cancelled");
  }

  @Test
  void namesThePluginsWithTheirSchemas() {
    JsonNode plugins = api.get("/api/plugins").body().path("data");

    assertThat(plugins.findValuesAsString("name")).contains("example-plugin", "text-stats");
    assertThat(plugins)
        .allSatisfy(
            plugin -> {
              assertThat(plugin.path("description").asString()).isNotBlank();
              assertThat(plugin.path("inputSchema").isObject()).isTrue();
              assertThat(plugin.path("outputSchema").isObject()).isTrue();
            });
  }

  @Test
  void describesWhatAJobIs() {
    JsonNode description = api.get("/v3/api-docs").body();

    JsonNode body =
        description.at("/paths/~1api~1jobs/post/requestBody/content/application~1json/schema");
    assertThat(body.path("$ref").asString()).isEqualTo("#/components/schemas/JobBody");
    assertThat(description.at("/components/schemas/JobBody/properties").propertyNames())
        .containsExactlyInAnyOrder("input", "plugins", "retries", "timeout", "webhook");
  }

  private void assertProblem(String body, int status, String code) {
    Answer answer = api.post("/api/jobs", body);

    assertThat(answer.status()).as("%s", answer.text()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("code").asString()).isEqualTo(code);
  }

  private long jobs() {
    return jdbc.sql("SELECT count(*) FROM jobs").query(Long.class).single();
  }
}

package dev.anton.executor.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.job.GatePlugin.Gate;
import dev.anton.executor.job.JobEventLog.Event;
import dev.anton.executor.job.JobsApi.Answer;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Jobs from HTTP to Kafka, one slot: what waits must not hold it. */
@BackendsTest(role = "executor")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "anton.jobs.max-concurrent=1",
      "anton.jobs.retry-delay=300ms",
      "anton.jobs.poll-interval=50ms"
    })
class JobExecutionTest {

  private static JobEventLog events;

  @Autowired private MeterRegistry registry;
  @LocalServerPort private int port;
  private JobsApi api;

  @BeforeAll
  static void listen(KafkaBackend kafka) {
    events = new JobEventLog(kafka);
  }

  @AfterAll
  static void stopListening() {
    events.close();
  }

  @BeforeEach
  void connect() {
    api = new JobsApi(port);
  }

  @Test
  void aJobTellsOfItsStartEachPluginAndItsEnd() {
    String id =
        api.submit(
            """
            {"input": {"data": "your input"}, "plugins": ["example-plugin", "text-stats"]}
            """);

    List<Event> all = events.awaitAll(id);

    assertThat(all)
        .extracting(Event::type)
        .containsExactly("job.started", "job.progress", "job.progress", "job.completed");
    assertThat(all).extracting(Event::sequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(all)
        .allSatisfy(
            event -> {
              assertThat(event.subject()).isEqualTo(id);
              assertThat(event.tenant()).isEqualTo("default");
              assertThat(event.data().path("jobId").asString()).isEqualTo(id);
            });
    assertThat(all.getFirst().data().path("config").toString())
        .isEqualTo(
            "{\"input\":{\"data\":\"your"
                + " input\"},\"plugins\":[\"example-plugin\",\"text-stats\"]}");
    assertThat(all.get(1).data().path("progress").toString())
        .isEqualTo(
            "{\"status\":\"running\",\"completedPlugins\":[\"example-plugin\"],"
                + "\"currentPlugin\":\"text-stats\"}");
    assertThat(all.get(2).data().path("progress").has("currentPlugin")).isFalse();
    JsonNode result = all.getLast().data().path("result");
    assertThat(result.path("metrics").get(0).path("example-plugin").path("processedItems").asInt())
        .isEqualTo(2);
    assertThat(result.path("summary").path("totalProcessed").asInt()).isEqualTo(5);
    JsonNode summary = all.getLast().data().path("summary");
    assertThat(summary.path("completedPlugins").toString())
        .isEqualTo("[\"example-plugin\",\"text-stats\"]");
  }

  @Test
  void aFinishedJobShowsItsResult() {
    String id = api.submit("{\"input\": {\"data\": [\"a b\"]}, \"plugins\": [\"example-plugin\"]}");

    JsonNode job = api.awaitStatus(id, "completed");

    assertThat(job.path("progress").toString())
        .isEqualTo("{\"status\":\"completed\",\"completedPlugins\":[\"example-plugin\"]}");
    assertThat(job.path("result").path("outputs").toString())
        .isEqualTo("[{\"example-plugin\":{\"kind\":\"array\",\"count\":1,\"items\":[\"a b\"]}}]");
    assertThat(job.has("error")).isFalse();
    assertThat(job.path("finishedAt").asString())
        .isGreaterThanOrEqualTo(job.path("startedAt").asString());
    assertThat(registry.counter("anton.jobs.finished", "outcome", "completed").count())
        .isPositive();
    assertThat(
            registry
                .timer(
                    "anton.jobs.plugin.duration",
                    List.of(Tag.of("plugin", "example-plugin"), Tag.of("outcome", "completed")))
                .count())
        .isPositive();
  }

  @Test
  void aPluginThatFailsFailsTheJobAndKeepsItsSecrets() {
    String id =
        api.submit(
            """
            {"input": 1, "plugins": ["example-plugin", "crashing-plugin", "text-stats"]}
            """);

    List<Event> all = events.awaitAll(id);

    assertThat(all)
        .extracting(Event::type)
        .containsExactly("job.started", "job.progress", "job.failed");
    assertThat(all.getLast().data().toString())
        .isEqualTo(
            """
            {"jobId":"%s","error":"Plugin execution failed","progress":{"status":"failed",\
            "error":"Plugin execution failed","completedPlugins":["example-plugin"],\
            "currentPlugin":"crashing-plugin"}}\
            """
                .formatted(id));
    JsonNode job = api.job(id);
    assertThat(job.path("status").asString()).isEqualTo("failed");
    assertThat(job.path("error").asString()).isEqualTo("Plugin execution failed");
  }

  @Test
  void anErrorOfAPluginFailsTheJobAtOnce() {
    String id = api.submit("{\"input\": \"error\", \"plugins\": [\"crashing-plugin\"]}");

    assertThat(events.awaitAll(id))
        .extracting(Event::type)
        .containsExactly("job.started", "job.failed");
    assertThat(api.job(id).path("error").asString()).isEqualTo("Plugin execution failed");
  }

  @Test
  void aFailedPluginIsRunAgainAsOftenAsTheJobSays() {
    String id = api.submit("{\"input\": 2, \"plugins\": [\"flaky-plugin\"], \"retries\": 2}");

    List<Event> all = events.awaitAll(id);

    assertThat(all)
        .extracting(Event::type)
        .containsExactly("job.started", "job.progress", "job.completed");
    assertThat(api.job(id).path("result").path("outputs").get(0).path("flaky-plugin").asInt())
        .isEqualTo(3);
  }

  @Test
  void whenTheRetriesAreUsedUpTheJobFailsWithThePluginsOwnWords() {
    String id = api.submit("{\"input\": 9, \"plugins\": [\"flaky-plugin\"], \"retries\": 1}");

    Event last = events.awaitAll(id).getLast();

    assertThat(last.type()).isEqualTo("job.failed");
    assertThat(last.data().path("error").asString()).isEqualTo("The far end is away");
  }

  @Test
  void aBackoffHoldsNoSlot() {
    String waiting = api.submit("{\"input\": 9, \"plugins\": [\"flaky-plugin\"], \"retries\": 10}");
    await().until(() -> api.job(waiting).has("nextAttemptAt"));

    String other = api.submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");

    api.awaitStatus(other, "completed");
    assertThat(api.job(waiting).path("status").asString()).isEqualTo("running");
    api.cancel(waiting);
    assertThat(events.awaitAll(waiting))
        .extracting(Event::type)
        .containsExactly("job.started", "job.cancelled");
  }

  @Test
  void aJobThatTakesTooLongFailsAndItsPluginIsInterrupted() throws InterruptedException {
    Gate gate = GatePlugin.gate("timeout");
    String id =
        api.submit("{\"input\": \"timeout\", \"plugins\": [\"gate-plugin\"], \"timeout\": 200}");

    Event last = events.awaitAll(id).getLast();

    assertThat(last.type()).isEqualTo("job.failed");
    assertThat(last.data().path("error").asString()).contains("timeout", "200 ms");
    assertThat(gate.interrupted.await(10, SECONDS)).isTrue();
  }

  @Test
  void theTimeoutCountsBackoffsToo() {
    String id =
        api.submit(
            """
            {"input": 9, "plugins": ["flaky-plugin"], "retries": 10, "timeout": "1s"}
            """);

    assertThat(events.awaitAll(id).getLast().data().path("error").asString())
        .contains("timeout of 1000 ms");
  }

  @Test
  void aRunningJobIsCancelledAtOnceAndForGood() throws InterruptedException {
    Gate gate = GatePlugin.gate("running");
    String id =
        api.submit("{\"input\": \"running\", \"plugins\": [\"gate-plugin\", \"text-stats\"]}");
    assertThat(gate.reached.await(10, SECONDS)).isTrue();

    Answer answer = api.cancel(id);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("status").asString()).isEqualTo("cancelled");
    assertThat(gate.interrupted.await(10, SECONDS)).isTrue();
    List<Event> all = events.awaitAll(id);
    assertThat(all).extracting(Event::type).containsExactly("job.started", "job.cancelled");
    assertThat(all.getLast().data().path("progress").path("currentPlugin").asString())
        .isEqualTo("gate-plugin");
  }

  @Test
  void aQueuedJobThatNobodyOwnsIsCancelledAndStillTellsOfItsStart() throws InterruptedException {
    Gate gate = GatePlugin.gate("ahead");
    String ahead = api.submit("{\"input\": \"ahead\", \"plugins\": [\"gate-plugin\"]}");
    assertThat(gate.reached.await(10, SECONDS)).isTrue();
    String queued = api.submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");
    assertThat(api.job(queued).path("status").asString()).isEqualTo("queued");

    assertThat(api.cancel(queued).status()).isEqualTo(202);
    assertThat(api.cancel(queued).status()).as("again").isEqualTo(202);

    gate.open.countDown();
    api.awaitStatus(ahead, "completed");
    List<Event> all = events.awaitAll(queued);
    assertThat(all).extracting(Event::type).containsExactly("job.started", "job.cancelled");
    assertThat(all).extracting(Event::sequence).containsExactly(1L, 2L);
  }

  @Test
  void aFinishedJobCannotBeCancelled() {
    String id = api.submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");
    api.awaitStatus(id, "completed");

    Answer answer = api.cancel(id);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("code").asString()).isEqualTo("job-finished");
    assertThat(api.job(id).path("status").asString()).isEqualTo("completed");
  }

  @Test
  void aPluginThatIgnoresItsInterruptHoldsItsSlotButNotItsJob() {
    String stubborn =
        api.submit("{\"input\": 1, \"plugins\": [\"stubborn-plugin\"], \"timeout\": 100}");
    assertThat(events.awaitAll(stubborn).getLast().type()).isEqualTo("job.failed");
    await().untilAsserted(() -> assertThat(gauge("anton.jobs.plugins.overdue")).isOne());
    String next = api.submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");
    assertThat(api.job(next).path("status").asString()).isEqualTo("queued");

    StubbornPlugin.END.countDown();

    api.awaitStatus(next, "completed");
    await().untilAsserted(() -> assertThat(gauge("anton.jobs.plugins.overdue")).isZero());
    await().untilAsserted(() -> assertThat(gauge("anton.jobs.running")).isZero());
    assertThat(events.of(stubborn)).hasSize(2);
  }

  @Test
  void pluginsWorkOnWhatTheOnesBeforeThemReturned() {
    String id =
        api.submit(
            """
            {
              "input": {
                "data": "city,price\\nBern,1.10\\nUlm,3\\nBern,2.20",
                "options": {
                  "filter": {"where": [{"field": "price", "op": "lt", "value": 3}]},
                  "aggregate": {
                    "groupBy": ["city"],
                    "compute": {"total": {"op": "sum", "field": "price"}}
                  },
                  "json-transform": {"expression": "$[0].values.total"}
                }
              },
              "plugins": ["csv-parse", "filter", "aggregate", "json-transform"]
            }
            """);

    JsonNode result = api.awaitStatus(id, "completed").path("result");

    assertThat(result.path("outputs").get(3).path("json-transform").asDouble()).isEqualTo(3.3);
    assertThat(result.path("metrics").get(1).path("filter").path("kept").asInt()).isEqualTo(2);
  }

  @Test
  void manyJobsEachTellTheirStoryOnceAndInOrder() {
    List<String> ids =
        LongStream.range(0, 40)
            .mapToObj(
                i ->
                    api.submit(
                        "{\"input\": %d, \"plugins\": [\"example-plugin\", \"text-stats\"]}"
                            .formatted(i)))
            .toList();

    for (String id : ids) {
      assertThat(events.awaitAll(id))
          .extracting(Event::type)
          .containsExactly("job.started", "job.progress", "job.progress", "job.completed");
    }
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }
}

package dev.anton.executor.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.job.GatePlugin.Gate;
import dev.anton.executor.job.JobEventLog.Event;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.lease.Lease;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** Workers that die, stall or stop; each is played by the test through the rows it would leave. */
@BackendsTest(role = "executor")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "anton.jobs.lease-duration=900ms",
      "anton.jobs.poll-interval=50ms",
      "anton.jobs.max-takeovers=2",
      "anton.jobs.drain-timeout=100ms"
    })
class JobTakeoverTest {

  private static JobEventLog events;

  @Autowired private JdbcClient jdbc;
  @Autowired private JobRepository repository;
  @Autowired private JobTransitions transitions;
  @Autowired private JobEngine engine;
  @Autowired private JobRetention retention;
  @Autowired private MeterRegistry registry;
  @LocalServerPort private int port;

  @BeforeAll
  static void listen(KafkaBackend kafka) {
    events = new JobEventLog(kafka);
  }

  @AfterAll
  static void stopListening() {
    events.close();
  }

  @Test
  void aDeadWorkersJobGoesOnAfterItsLastResultAndRepeatsNoEvent() {
    ClaimedJob dead = claimedByAnother("x", "example-plugin", "text-stats");
    transitions.succeeded(dead, result("example-plugin"));

    api().awaitStatus(dead.job().id(), "completed");

    assertThat(events.awaitAll(dead.job().id()))
        .extracting(Event::type)
        .containsExactly("job.started", "job.progress", "job.progress", "job.completed");
    assertThat(events.of(dead.job().id()))
        .extracting(Event::sequence)
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aStalledWorkersLateResultIsRefused() {
    ClaimedJob stalled = claimedByAnother("x", "example-plugin");
    api().awaitStatus(stalled.job().id(), "completed");
    long takenOver = Math.round(registry.counter("anton.jobs.taken.over").count());

    assertThatThrownBy(() -> transitions.succeeded(stalled, result("example-plugin")))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> transitions.failed(stalled, "late"))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> transitions.retryLater(stalled, "late", Duration.ZERO))
        .isInstanceOf(LeaseLostException.class);

    assertThat(takenOver).isPositive();
    assertThat(events.awaitAll(stalled.job().id()))
        .extracting(Event::type)
        .containsExactly("job.started", "job.progress", "job.completed");
  }

  @Test
  void aLateSuccessDoesNotOverwriteACancel() {
    ClaimedJob worker = claimedByAnother("x", "example-plugin");
    transitions.cancel(Tenant.DEFAULT, worker.job().id());

    assertThatThrownBy(() -> transitions.succeeded(worker, result("example-plugin")))
        .isInstanceOf(LeaseLostException.class);

    assertThat(repository.find(Tenant.DEFAULT, worker.job().id()).orElseThrow().status())
        .isEqualTo(JobStatus.CANCELLED);
    assertThat(events.awaitAll(worker.job().id()))
        .extracting(Event::type)
        .containsExactly("job.started", "job.cancelled");
  }

  @Test
  void aCancelByAnotherReplicaReachesTheRunningPlugin() throws InterruptedException {
    Gate gate = GatePlugin.gate("elsewhere");
    String id = api().submit("{\"input\": \"elsewhere\", \"plugins\": [\"gate-plugin\"]}");
    assertThat(gate.reached.await(10, SECONDS)).isTrue();

    transitions.cancel(Tenant.DEFAULT, id);

    assertThat(gate.interrupted.await(10, SECONDS)).isTrue();
  }

  @Test
  void aPluginWhoseLeaseRunsOutIsInterruptedThoughTheDatabaseIsSilent(PostgresBackend postgres)
      throws Exception {
    Gate gate = GatePlugin.gate("silent");
    String id = api().submit("{\"input\": \"silent\", \"plugins\": [\"gate-plugin\"]}");
    assertThat(gate.reached.await(10, SECONDS)).isTrue();
    try (Connection connection = postgres.superuser().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE executor.jobs IN ACCESS EXCLUSIVE MODE");

      assertThat(gate.interrupted.await(10, SECONDS)).isTrue();

      connection.rollback();
    }
    gate.open.countDown();

    api().awaitStatus(id, "completed");
  }

  @Test
  void aJobThatKillsItsWorkersIsGivenUp() {
    ClaimedJob deadly = claimedByAnother("x", "example-plugin");
    jdbc.sql("UPDATE jobs SET claims_without_outcome = 3 WHERE id = :id")
        .param("id", deadly.job().id())
        .update();

    Event last = events.awaitAll(deadly.job().id()).getLast();

    assertThat(last.type()).isEqualTo("job.failed");
    assertThat(last.data().path("error").asString()).contains("died 3 times");
  }

  @Test
  void aPluginThatIsNotInstalledHereFailsTheJob() {
    String id = Ids.job();
    repository.insert(id, Tenant.DEFAULT, definition("x", "gone-plugin"));

    assertThat(events.awaitAll(id).getLast().data().path("error").asString())
        .contains("gone-plugin");
  }

  @Test
  void aReplicaThatStopsGivesItsJobsBackAndAnotherRunsThemAtOnce() throws InterruptedException {
    Gate gate = GatePlugin.gate("stopping");
    String id = api().submit("{\"input\": \"stopping\", \"plugins\": [\"gate-plugin\"]}");
    assertThat(gate.reached.await(10, SECONDS)).isTrue();

    engine.stop();

    assertThat(gate.interrupted.await(10, SECONDS)).isTrue();
    assertThat(
            jdbc.sql(
                    """
                    SELECT lease_until IS NULL AND claims_without_outcome = 0 FROM jobs
                     WHERE id = :id
                    """)
                .param("id", id)
                .query(Boolean.class)
                .single())
        .isTrue();
    gate.open.countDown();
    engine.start();
    assertThat(events.awaitAll(id))
        .extracting(Event::type)
        .containsExactly("job.started", "job.progress", "job.completed");
  }

  @Test
  void whatHasWaitedIsMeasured() {
    engine.stop();
    String id = Ids.job();
    repository.insert(id, Tenant.DEFAULT, definition("x", "example-plugin"));
    jdbc.sql("UPDATE jobs SET due_at = now() - interval '90 seconds' WHERE id = :id")
        .param("id", id)
        .update();

    assertThat(engine.oldestQueued()).isGreaterThanOrEqualTo(Duration.ofSeconds(90));

    engine.start();
    api().awaitStatus(id, "completed");
    await()
        .untilAsserted(
            () -> assertThat(registry.get("anton.jobs.oldest.queued").gauge().value()).isZero());
  }

  @Test
  void finishedJobsGoAfterTheirRetention() {
    String kept = api().submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");
    String expired = api().submit("{\"input\": 1, \"plugins\": [\"example-plugin\"]}");
    api().awaitStatus(kept, "completed");
    api().awaitStatus(expired, "completed");
    jdbc.sql("UPDATE jobs SET finished_at = now() - interval '31 days' WHERE id = :id")
        .param("id", expired)
        .update();

    assertThat(retention.deleteExpired()).isOne();

    assertThat(api().get("/api/jobs/" + expired).status()).isEqualTo(404);
    assertThat(api().get("/api/jobs/" + kept).status()).isEqualTo(200);
  }

  /** A job that a worker elsewhere has begun; its lease lasts a moment and is never renewed. */
  private ClaimedJob claimedByAnother(String input, String... plugins) {
    String id = Ids.job();
    jdbc.sql(
            """
            INSERT INTO jobs (id, tenant, status, input, plugins, retries, timeout_ms,
                              lease_owner, lease_until, fencing_token)
            VALUES (:id, 'default', 'queued', to_json(:input::text), :plugins, 0, 60000,
                    'executor_dead', now() + interval '1 second', 1)
            """)
        .param("id", id)
        .param("input", input)
        .param("plugins", plugins)
        .update();
    return transitions.begin(new Lease(id, 1)).orElseThrow();
  }

  private static JobDefinition definition(String input, String plugin) {
    return new JobDefinition(
        WireJson.mapper().valueToTree(input), List.of(plugin), 0, Duration.ofMinutes(1));
  }

  private static CompletedPlugin result(String plugin) {
    return new CompletedPlugin(
        plugin, 1, 1, Map.of(), JsonNodeFactory.instance.objectNode().put("items", "a"));
  }

  private JobsApi api() {
    return new JobsApi(port);
  }
}

package dev.anton.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.ProjectFolder;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.execution.NewExecution;
import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.LifecycleEvents;
import dev.anton.executor.fixture.ScriptedRunner;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.plan.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executors that died or stalled, as the database shows them to the one that runs here. It renews
 * no lease, so that it learns of a theft only when a commit is refused.
 */
@TestPropertySource(
    properties = {"anton.executor.lease-duration=10m", "anton.executor.heartbeat=10m"})
class TakeoverTest extends ExecutorTest {

  private final ExecutorApi api;
  private final JdbcClient jdbc;
  private final ExecutionStore store;
  private final TransactionTemplate transactions;
  private final String gate = "gate-" + System.nanoTime();
  private LifecycleEvents events;

  TakeoverTest(
      @LocalServerPort int port,
      @Autowired JdbcClient jdbc,
      @Autowired ExecutionStore store,
      @Autowired TransactionTemplate transactions) {
    this.api = new ExecutorApi(port);
    this.jdbc = jdbc;
    this.store = store;
    this.transactions = transactions;
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
  void aDeadExecutorsExecutionGoesOnFromWhatItHadCommitted() {
    String id = leftBehind("run", 0);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(ScriptedRunner.startsOf(id)).containsExactly("second/2"));

    ScriptedRunner.open(gate);

    assertThat(events.awaitLast(id, "execution.completed"))
        .extracting(EventRecord::type)
        .containsExactly("node.failed", "node.started", "node.completed", "execution.completed");
  }

  @Test
  void theLateResultOfAStalledExecutorIsRefused() {
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "a", "runner": "scripted", "inputs": {"await": "%s"}}]}}
            """
                .formatted(gate));
    api.awaitNode(id, "a", "running");
    stealLease(id);

    ScriptedRunner.open(gate);

    api.awaitStatus(id, "completed");
    assertThat(api.node(id, "a").path("attempt").asInt()).isEqualTo(2);
    assertThat(events.awaitLast(id, "execution.completed"))
        .extracting(EventRecord::type)
        .containsExactly(
            "execution.started",
            "node.started",
            "node.failed",
            "node.started",
            "node.completed",
            "execution.completed");
  }

  @Test
  void whatADeadExecutorLeftCanBeCancelled() {
    String id = leftBehind("cancel", 0);

    api.awaitStatus(id, "cancelled");

    assertThat(events.awaitLast(id, "execution.cancelled"))
        .extracting(EventRecord::type)
        .containsExactly("node.cancelled", "execution.cancelled");
    assertThat(ScriptedRunner.startsOf(id)).isEmpty();
  }

  @Test
  void aNodeThatTakesItsExecutorDownEveryTimeFails() {
    String id = leftBehind("run", 2);

    api.awaitStatus(id, "failed");

    assertThat(api.node(id, "second").path("error").asString())
        .isEqualTo("The executor that ran the node went away");
    assertThat(ScriptedRunner.startsOf(id)).isEmpty();
  }

  /** An execution whose executor died while the second of two nodes ran. */
  private String leftBehind(String control, int interruptions) {
    String id = Ids.execution();
    transactions.executeWithoutResult(
        _ -> {
          store.queue(List.of(NewExecution.of(definition(id), 0)));
          jdbc.sql(
                  """
                  UPDATE executions
                  SET status = 'running', control = :control, started_at = now(), version = 2,
                    fencing_token = 1, lease_owner = 'dead',
                    lease_until = now() + interval '500 ms'
                  WHERE id = :id
                  """)
              .param("control", control)
              .param("id", id)
              .update();
          jdbc.sql(
                  """
                  UPDATE execution_nodes
                  SET state = CASE node_id WHEN 'first' THEN 'completed' ELSE 'running' END,
                    attempt = 1, interruptions = :interruptions, started_at = now()
                  WHERE execution_id = :id
                  """)
              .param("interruptions", interruptions)
              .param("id", id)
              .update();
        });
    return id;
  }

  private ExecutionDefinition definition(String id) {
    Plan plan =
        JsonMapper.shared()
            .readValue(
                """
                {"projectName": "", "description": "", "nodes": [
                  {"id": "first", "type": "t", "label": "l", "instructions": "",
                   "runner": "scripted", "dependencies": [], "inputs": {}, "acceptance": []},
                  {"id": "second", "type": "t", "label": "l", "instructions": "",
                   "runner": "scripted", "dependencies": ["first"], "inputs": {"await": "%s"},
                   "acceptance": []}]}
                """
                    .formatted(gate),
                Plan.class);
    return new ExecutionDefinition(
        id,
        new Origin(Tenant.DEFAULT, null, null),
        null,
        new ProjectFolder(null, System.getProperty("java.io.tmpdir")),
        plan,
        new RunSettings(1, true));
  }

  /** As another replica would that dies at once. */
  private void stealLease(String id) {
    jdbc.sql(
            """
            UPDATE executions
            SET fencing_token = fencing_token + 1, lease_owner = 'thief',
              lease_until = now() + interval '1 second'
            WHERE id = :id
            """)
        .param("id", id)
        .update();
  }
}

package dev.anton.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.ScriptedRunner;
import dev.anton.fixtures.PostgresBackend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A database that neither answers nor fails, played by a lock that everything waits for. */
@TestPropertySource(
    properties = {"anton.executor.lease-duration=1s", "anton.executor.heartbeat=100ms"})
class SilentDatabaseTest extends ExecutorTest {

  private final ExecutorApi api;
  private final PostgresBackend postgres;

  SilentDatabaseTest(@LocalServerPort int port, PostgresBackend postgres) {
    this.api = new ExecutorApi(port);
    this.postgres = postgres;
  }

  @Test
  void whatCanNoLongerBeRenewedIsStoppedAndRunAgainWhenTheDatabaseAnswers() throws SQLException {
    String gate = "gate-" + System.nanoTime();
    String id =
        api.start(
            """
            {"plan": {"nodes": [{"id": "a", "runner": "scripted", "inputs": {"await": "%s"}}]}}
            """
                .formatted(gate));
    api.awaitNode(id, "a", "running");
    await().atMost(Duration.ofSeconds(30)).until(() -> !ScriptedRunner.startsOf(id).isEmpty());
    try (Connection connection = postgres.superuser().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE executor.executions IN ACCESS EXCLUSIVE MODE");

      await().atMost(Duration.ofSeconds(30)).until(() -> ScriptedRunner.wasInterrupted(id));

      connection.rollback();
    }
    ScriptedRunner.open(gate);

    api.awaitStatus(id, "completed");
    assertThat(ScriptedRunner.startsOf(id)).startsWith("a/1", "a/2");
  }
}

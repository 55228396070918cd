package dev.anton.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.LifecycleEvents;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.schemas.kafka.EventRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * PostgreSQL goes away in the middle of whatever happens. Leases are short, so that they run out.
 */
@TestPropertySource(
    properties = {
      "anton.executor.lease-duration=500ms",
      "anton.executor.heartbeat=100ms",
      "anton.executor.max-interruptions=50",
      "spring.datasource.hikari.connection-timeout=500"
    })
class DatabaseOutageTest extends ExecutorTest {

  private static final int EXECUTIONS = 20;
  private static final int NODES = 15;

  private final ExecutorApi api;
  private final PostgresBackend postgres;

  DatabaseOutageTest(@LocalServerPort int port, PostgresBackend postgres) {
    this.api = new ExecutorApi(port);
    this.postgres = postgres;
  }

  @Test
  void everyRunEndsOnceAndEveryNodeCompletesOnce(KafkaBackend kafka) throws SQLException {
    try (LifecycleEvents events = LifecycleEvents.record(kafka)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < EXECUTIONS; i++) {
        ids.add(api.start(chain()));
      }
      for (int i = 0; i < 10; i++) {
        asSuperuser(CUT);
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
      }
      outage(Duration.ofMillis(1500));

      for (String id : ids) {
        List<EventRecord> told = withoutRepeats(events.awaitLast(id, "execution.completed"));
        assertThat(told)
            .extracting(EventRecord::sequence)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, told.size()).boxed().toList());
        assertThat(told)
            .extracting(EventRecord::type)
            .containsOnlyOnce("execution.started", "execution.completed")
            .startsWith("execution.started");
        assertThat(told)
            .filteredOn(event -> event.type().equals("node.completed"))
            .extracting(
                event -> LifecycleEvents.line(event).replaceAll(".*nodeId\":\"(n[0-9]+).*", "$1"))
            .containsExactlyElementsOf(IntStream.range(0, NODES).mapToObj(n -> "n" + n).toList());
      }
    }
  }

  /** What the relay had sent, but could not delete, it sends again: under the same id. */
  private static List<EventRecord> withoutRepeats(List<EventRecord> events) {
    Set<String> seen = new HashSet<>();
    return events.stream().filter(event -> seen.add(event.id())).toList();
  }

  private static final String CUT =
      """
      SELECT pg_terminate_backend(pid)
      FROM pg_stat_activity
      WHERE usename = 'executor' AND datname = current_database()
      """;

  private void outage(Duration duration) throws SQLException {
    try {
      asSuperuser("ALTER ROLE executor NOLOGIN");
      asSuperuser(CUT);
      LockSupport.parkNanos(duration.toNanos());
    } finally {
      asSuperuser("ALTER ROLE executor LOGIN");
    }
  }

  private void asSuperuser(String sql) throws SQLException {
    try (Connection connection = postgres.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Slow enough that some nodes run when the database goes. */
  private static String chain() {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; i < NODES; i++) {
      nodes.append(i == 0 ? "" : ",").append("{\"id\": \"n").append(i).append("\", ");
      if (i > 0) {
        nodes.append("\"dependencies\": [\"n").append(i - 1).append("\"], ");
      }
      nodes.append(
          i % 5 == 4
              ? "\"runner\": \"command\", \"inputs\": {\"command\": [\"sleep\", \"0.1\"]}}"
              : "\"runner\": \"noop\"}");
    }
    return "{\"plan\": {\"nodes\": [" + nodes + "]}}";
  }
}

package dev.anton.dispatcher.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.subscription.ReplicaIdentity;
import dev.anton.dispatcher.subscription.ReplicaRegister;
import dev.anton.dispatcher.subscription.SubscriptionFeed;
import dev.anton.dispatcher.subscription.SubscriptionProperties;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application is one replica; the index of another is put together here. */
@BackendsTest(role = "dispatcher")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FreshnessTest {

  private static final Duration NEVER = Duration.ofHours(1);

  @LocalServerPort private int port;
  @Autowired private SubscriptionFeed feed;
  @Autowired private SubscriptionProperties properties;
  @Autowired private JdbcConnectionDetails database;
  @Autowired private MeterRegistry metrics;
  @Autowired private JdbcClient jdbc;

  private final List<SmartLifecycle> started = new ArrayList<>();
  private ApiClient client;

  @BeforeEach
  void connect() {
    client = new ApiClient(port, "default");
  }

  @AfterEach
  void stop() {
    started.reversed().forEach(SmartLifecycle::stop);
    client.close();
  }

  @Test
  void anotherReplicaHearsOfChanges() {
    InMemorySubscriptionIndex other = replica(NEVER, true);
    Awaitility.await().until(other::isLoaded);

    String id = register();
    Awaitility.await().until(() -> other.find(id).isPresent());

    client.patch("/api/webhooks/" + id, "{\"events\": [\"node.*\"]}");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(other.find(id).orElseThrow().events()).containsExactly("node.*"));

    client.delete("/api/webhooks/" + id);
    Awaitility.await().until(() -> other.find(id).isEmpty());
  }

  @Test
  void aReplicaThatHearsNothingReadsChangesAtItsInterval() {
    InMemorySubscriptionIndex other = replica(Duration.ofMillis(100), false);
    Awaitility.await().until(other::isLoaded);

    String id = register();
    Awaitility.await().until(() -> other.find(id).isPresent());
    client.delete("/api/webhooks/" + id);
    Awaitility.await().until(() -> other.find(id).isEmpty());
  }

  @Test
  void aReplicaWhoseConnectionBreaksListensAgain(PostgresBackend postgres) throws Exception {
    InMemorySubscriptionIndex other = replica(NEVER, true);
    Awaitility.await().until(other::isLoaded);

    try (Connection connection = postgres.superuser().connect();
        Statement statement = connection.createStatement()) {
      Awaitility.await()
          .until(
              () ->
                  statement.executeUpdate(
                          """
                          do $$ begin
                            perform pg_terminate_backend(pid) from pg_stat_activity
                             where application_name = 'anton subscription listener'
                               and datname = current_database();
                          end $$
                          """)
                      == 0);
    }
    String id = register();

    Awaitility.await().until(() -> other.find(id).isPresent());
  }

  @Test
  void aChangeIsSeenThatCommitsAfterALaterOneWasRead(PostgresBackend postgres) throws Exception {
    String early = register();
    InMemorySubscriptionIndex other = new InMemorySubscriptionIndex(Clock.systemUTC());
    IndexSync sync = sync(other);
    sync.sync();

    try (Connection slow = postgres.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.executeUpdate(
          "update webhook_subscription set events = '{job.*}', version = version + 1 where id = '"
              + early
              + "'");
      String late = register();
      sync.sync();
      sync.sync();
      assertThat(other.find(late)).isPresent();
      assertThat(other.find(early).orElseThrow().events()).containsExactly("plan.*");

      slow.commit();
    }
    sync.sync();

    assertThat(other.find(early).orElseThrow().events()).containsExactly("job.*");
  }

  @Test
  void everyReplicaMatchesWhenAChangeIsAnswered() {
    List<InMemorySubscriptionIndex> others = List.of(replica(NEVER, true), replica(NEVER, true));
    Awaitility.await().until(() -> others.stream().allMatch(InMemorySubscriptionIndex::isCurrent));

    for (int i = 0; i < 20; i++) {
      String id = register();
      assertThat(others).allSatisfy(other -> assertThat(other.find(id)).isPresent());

      client.patch("/api/webhooks/" + id, "{\"events\": [\"node.*\"]}");
      assertThat(others)
          .allSatisfy(
              other -> assertThat(other.find(id).orElseThrow().events()).containsExactly("node.*"));
    }
  }

  @Test
  void aReplicaThatFallsSilentMatchesNothingOnceTheOthersGoOn() {
    InMemorySubscriptionIndex other = new InMemorySubscriptionIndex(Clock.systemUTC());
    IndexRound round = round(other, new ReplicaRegister(jdbc));
    assertThat(round.run()).isTrue();
    assertThat(other.isCurrent()).isTrue();

    String id = register();

    assertThat(other.isCurrent()).isFalse();
    assertThat(other.find(id)).isEmpty();
    assertThat(round.run()).as("struck off").isFalse();
    assertThat(other.isCurrent()).isFalse();
    assertThat(round.run()).isTrue();
    assertThat(other.isCurrent()).isTrue();
    assertThat(other.find(id)).isPresent();
    round.leave();
  }

  @Test
  void aReplicaThatStallsBetweenReadingAndSayingSoStaysOut() {
    List<String> missed = new ArrayList<>();
    InMemorySubscriptionIndex other = new InMemorySubscriptionIndex(Clock.systemUTC());
    IndexRound round =
        round(
            other,
            new ReplicaRegister(jdbc) {
              @Override
              public boolean applied(String replica, long number) {
                if (missed.isEmpty()) {
                  missed.add(register());
                }
                return super.applied(replica, number);
              }
            });

    assertThat(round.run()).isFalse();

    assertThat(other.find(missed.getFirst())).isEmpty();
    assertThat(other.isCurrent()).isFalse();
    assertThat(round.run()).isTrue();
    assertThat(other.find(missed.getFirst())).isPresent();
    round.leave();
  }

  @Test
  void whatIsIndexedAndHowLongItTakesIsMeasured() {
    register();

    assertThat(metrics.get("anton.subscriptions.indexed").gauge().value()).isPositive();
    assertThat(metrics.get("anton.subscriptions.sync").timer().count()).isPositive();
    assertThat(client.get("/actuator/health").body()).contains("\"subscriptions\":{");
  }

  private InMemorySubscriptionIndex replica(Duration interval, boolean listen) {
    InMemorySubscriptionIndex other = new InMemorySubscriptionIndex(Clock.systemUTC());
    IndexProperties settings = new IndexProperties(interval, listen);
    IndexRound round = round(other, new ReplicaRegister(jdbc));
    IndexSyncLoop loop = new IndexSyncLoop(round, other, settings, new SimpleMeterRegistry());
    ChangeListener listener = new ChangeListener(database, loop, settings);
    for (SmartLifecycle part : List.of(loop, listener)) {
      part.start();
      started.add(part);
    }
    return other;
  }

  private IndexRound round(InMemorySubscriptionIndex other, ReplicaRegister register) {
    return new IndexRound(
        sync(other), other, register, new ReplicaIdentity(), new SimpleMeterRegistry());
  }

  private IndexSync sync(InMemorySubscriptionIndex other) {
    return new IndexSync(feed, other, properties, Clock.systemUTC(), new SimpleMeterRegistry());
  }

  private String register() {
    return client
        .post(
            "/api/webhooks/register",
            "{\"url\": \"https://example.com/h\", \"events\": [\"plan.*\"], \"secret\": \"s\"}")
        .text("id");
  }
}

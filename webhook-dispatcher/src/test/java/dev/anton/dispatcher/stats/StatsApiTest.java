package dev.anton.dispatcher.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.api.TenantOfTest;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.schemas.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;

@ApiTest
class StatsApiTest {

  private final OffsetDateTime eventTime =
      Instant.now().truncatedTo(ChronoUnit.MICROS).minusSeconds(2).atOffset(ZoneOffset.UTC);

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private PlatformTransactionManager transactionManager;

  private TenantOfTest tenant;
  private String webhook;

  @BeforeEach
  void open() {
    tenant = new TenantOfTest(port);
    webhook = tenant.register("/hook", ", \"retry\": {\"maxAttempts\": 1}");
  }

  @AfterEach
  void close() {
    tenant.close();
  }

  @Test
  void whatHappenedIsCounted() {
    tenant.publish("a");
    tenant.awaitDeliveries(webhook, "delivered", 1);
    tenant.receiver().answer("/hook", Answer.status(500));
    tenant.publish("b");
    tenant.awaitDeliveries(webhook, "dead", 1);

    ApiClient.Answer answer = get("?window=1h");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode stats = answer.json();
    assertThat(stats.path("complete").asBoolean()).isTrue();
    assertThat(stats.at("/deliveries/total").asInt()).isEqualTo(2);
    assertThat(stats.at("/deliveries/byStatus/delivered").asInt()).isEqualTo(1);
    assertThat(stats.at("/deliveries/byStatus/dead").asInt()).isEqualTo(1);
    assertThat(stats.at("/deliveries/successRate").asDouble()).isEqualTo(0.5);
    assertThat(stats.at("/attempts/byOutcome/delivered").asInt()).isEqualTo(1);
    assertThat(stats.at("/attempts/byOutcome/refused").asInt()).isEqualTo(1);
    assertThat(stats.at("/attempts/durationMs/p50").asDouble()).isPositive();
    assertThat(stats.at("/arrivalMs/p99").asDouble()).isPositive();
    Instant success = Instant.parse(stats.at("/attempts/lastSuccessAt").asString());
    assertThat(Instant.parse(stats.at("/attempts/lastFailureAt").asString())).isAfter(success);
    assertThat(stats.at("/now/state").asString()).isEqualTo("active");
    assertThat(stats.at("/now/parked").asInt()).isZero();
  }

  @Test
  void percentilesAreOfAllAttempts() {
    for (int i = 1; i <= 99; i++) {
      delivered(Ids.delivery(), i * 1000L);
    }
    String retried = Ids.delivery();
    insert(retried, "retrying", 3, 7);
    for (int attempt = 1; attempt <= 3; attempt++) {
      jdbc.sql(
              """
              insert into attempts (delivery_id, attempt, event_time, tenant, attempted_at,
                                    duration_us, outcome)
              values (?, ?, ?, ?, now(), 1000000, 'timed_out')
              """)
          .params(retried, attempt, eventTime, tenant.id())
          .update();
    }

    JsonNode stats = get("").json();

    assertThat(stats.at("/attempts/total").asInt()).isEqualTo(102);
    assertThat(stats.at("/attempts/byOutcome/timed_out").asInt()).isEqualTo(3);
    assertThat(stats.at("/attempts/durationMs/p50").asDouble()).isEqualTo(51.5);
    assertThat(stats.at("/attempts/durationMs/p99").asDouble()).isEqualTo(1000.0);
    assertThat(stats.at("/deliveries/byStatus/retrying").asInt()).isEqualTo(1);
    assertThat(stats.at("/arrivalMs/p50").asDouble()).isBetween(1000.0, 60_000.0);
  }

  @Test
  void whatLiesBeforeTheWindowDoesNotCount() {
    // An id that was made an hour and a minute ago.
    String old =
        "dlv_%012x%s"
            .formatted(
                Instant.now().minus(Duration.ofMinutes(61)).toEpochMilli(),
                Ids.delivery().substring(16));
    delivered(old, 1000);
    delivered(Ids.delivery(), 1000);

    assertThat(get("?window=1h").json().at("/deliveries/total").asInt()).isEqualTo(1);
    assertThat(get("?window=7d").json().at("/deliveries/total").asInt()).isEqualTo(2);
  }

  @Test
  void noMoreThanTheNewestAreLookedAt() {
    for (int i = 0; i < 5; i++) {
      delivered(Ids.delivery(), 1000);
    }
    WebhookStats bounded = new WebhookStats(jdbc, new StatsSettings(3, Duration.ofSeconds(3)));

    WebhookStats.Counted counted = bounded.count(tenant.id(), webhook, Instant.EPOCH);

    assertThat(counted.deliveries().total()).isEqualTo(3);
    assertThat(counted.since()).isNotNull();
    assertThat(bounded.count("another", webhook, Instant.EPOCH).deliveries().total()).isZero();
  }

  @Test
  void whatTakesTooLongIsGivenUp() {
    StatsSettings settings = new StatsSettings(3, Duration.ofMillis(50));
    StatsController.Bounds bounds = new StatsController.Bounds(transactionManager, settings);

    assertThatThrownBy(
            () ->
                bounds.within(
                    new WebhookStats(jdbc, settings),
                    () -> {
                      jdbc.sql("select pg_sleep(5)").query().singleRow();
                      throw new AssertionError("It was not given up");
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class, it -> assertThat(it.code()).isEqualTo("stats-timeout"));
  }

  @Test
  void aWindowIsBoundedAndAWebhookIsItsTenants() {
    assertThat(get("?window=40d").status()).isEqualTo(400);
    assertThat(get("?window=soon").pointers()).containsExactly("window");
    try (TenantOfTest other = new TenantOfTest(port)) {
      assertThat(other.client().get("/api/webhooks/" + webhook + "/stats").status()).isEqualTo(404);
    }
  }

  private ApiClient.Answer get(String query) {
    return tenant.client().get("/api/webhooks/" + webhook + "/stats" + query);
  }

  private void delivered(String id, long micros) {
    insert(id, "delivered", 1, micros);
  }

  private void insert(String id, String status, int attempts, long micros) {
    jdbc.sql(
            """
            insert into deliveries (delivery_id, tenant, subscription_id, event_id, event_time,
                                    event_type, status, attempts, created_at, last_attempt_at,
                                    last_duration_us, last_outcome)
            values (?, ?, ?, ?, ?, 'order.paid', ?, ?, now(), now(), ?, 'delivered')
            """)
        .params(id, tenant.id(), webhook, Ids.event(), eventTime, status, attempts, micros)
        .update();
  }
}

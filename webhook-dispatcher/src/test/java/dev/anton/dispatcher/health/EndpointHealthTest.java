package dev.anton.dispatcher.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionDisabling;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Replicas are put together here, with a clock that the test moves, beside the application's. */
@ApiTest
class EndpointHealthTest {

  private static final Outcome FAILURE = new Outcome.Refused(500, null, null);
  private static final Outcome SUCCESS = new Outcome.Delivered(200, null);
  private static final Duration MINUTE = Duration.ofSeconds(61);

  @LocalServerPort private int port;
  @Autowired private SubscriptionIndex index;
  @Autowired private SubscriptionDisabling disabling;
  @Autowired private HealthSettings settings;
  @Autowired private OperationalEvents events;
  @Autowired private Lanes lanes;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionTemplate transactions;

  private final Tenant tenant = new Tenant("t" + UUID.randomUUID());
  private Instant now = Instant.now();
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private ApiClient client;
  private TopicRecording lifecycle;

  @BeforeEach
  void connect(KafkaBackend kafka) {
    client = new ApiClient(port, tenant.id());
    lifecycle = kafka.record(Topics.LIFECYCLE_EVENTS);
  }

  @AfterEach
  void disconnect() {
    lifecycle.close();
    client.close();
  }

  @Test
  void anEndpointThatDoesNothingButFailForFiveDaysIsDisabled() {
    String id = register("https://example.com/h");
    Instant first = now;
    Replica replica = new Replica();
    replica.attempted(id, FAILURE);
    passes(MINUTE, replica);

    Replica restarted = new Replica();
    passes(Duration.ofDays(5).minus(MINUTE).minusSeconds(10), restarted);
    restarted.attempted(id, FAILURE);
    passes(Duration.ofSeconds(5), restarted);
    assertThat(status(id)).isEqualTo("active");

    passes(Duration.ofSeconds(10), restarted);
    restarted.attempted(id, FAILURE);
    passes(Duration.ofSeconds(1), restarted);
    assertThat(status(id)).as("others may have delivered a moment ago").isEqualTo("active");
    passes(Duration.ofSeconds(3), restarted);

    assertThat(status(id)).isEqualTo("disabled");
    JsonNode told = awaitTold("webhook.disabled", id).getFirst();
    assertThat(told.path("url").asString()).isEqualTo("https://example.com/h");
    assertThat(told.path("reason").asString())
        .isEqualTo(client.get("/api/webhooks/" + id).text("statusReason"))
        .startsWith("Every delivery has failed since " + first.toString().substring(0, 16));
  }

  @Test
  void aSuccessOnAnyReplicaStopsTheClockAndTheOwnerIsToldOnce() {
    String id = register("https://example.com/h");
    Replica failing = new Replica();
    Replica delivering = new Replica();
    failing.attempted(id, FAILURE);
    passes(MINUTE, failing, delivering);

    passes(Duration.ofSeconds(10), failing, delivering);
    delivering.attempted(id, SUCCESS);
    passes(Duration.ofSeconds(1), delivering, failing);

    JsonNode told = awaitTold("webhook.recovered", id).getFirst();
    assertThat(told.path("reason").asString()).startsWith("Deliveries arrive again");
    assertThat(failingSince(id)).isEmpty();

    // It goes down again at once: the owner is not told of each time it comes back.
    failing.attempted(id, FAILURE);
    passes(MINUTE, failing, delivering);
    assertThat(failingSince(id)).isNotEmpty();
    passes(Duration.ofSeconds(10), failing, delivering);
    delivering.attempted(id, SUCCESS);
    passes(Duration.ofSeconds(1), delivering, failing);
    assertThat(failingSince(id)).isEmpty();

    passes(Duration.ofDays(6), failing, delivering);
    failing.attempted(id, FAILURE);
    passes(Duration.ofSeconds(5), failing, delivering);
    assertThat(status(id)).isEqualTo("active");
    assertThat(told("webhook.recovered", id)).hasSize(1);
  }

  @Test
  void aHiccupIsNeitherWrittenDownNorToldOf() {
    String id = register("https://example.com/h");
    Replica replica = new Replica();
    replica.attempted(id, FAILURE);
    passes(Duration.ofSeconds(30), replica);
    replica.attempted(id, SUCCESS);
    passes(MINUTE, replica);

    assertThat(
            jdbc.sql("select count(*) from endpoint_health where subscription_id = ?")
                .param(id)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aReplicaThatCannotReachAnEndpointTellsNobodyWhileOthersDeliver() {
    String id = register("https://example.com/h");
    Replica cutOff = new Replica();
    Replica delivering = new Replica();
    cutOff.attempted(id, FAILURE);
    passes(Duration.ofSeconds(5), cutOff, delivering);
    delivering.attempted(id, SUCCESS);
    passes(MINUTE, cutOff, delivering);

    assertThat(failingSince(id)).isEmpty();
    assertThat(told("webhook.recovered", id)).isEmpty();
  }

  @Test
  void aPauseOrAnotherUrlBeginsItsTimeAnew() {
    now = now.minus(Duration.ofHours(1));
    String paused = register("https://example.com/paused");
    String moved = register("https://example.com/old");
    Replica replica = new Replica();
    replica.attempted(paused, FAILURE);
    replica.attempted(moved, FAILURE);
    passes(MINUTE, replica);
    client.post("/api/webhooks/" + paused + "/pause", "");
    client.post("/api/webhooks/" + paused + "/resume", "");
    client.patch("/api/webhooks/" + moved, "{\"url\": \"https://example.com/new\"}");

    passes(Duration.ofDays(5), replica);
    replica.attempted(paused, FAILURE);
    replica.attempted(moved, FAILURE);
    passes(Duration.ofSeconds(5), replica);

    assertThat(status(paused)).isEqualTo("active");
    assertThat(status(moved)).isEqualTo("active");
    assertThat(failingSince(paused)).isEmpty();
    passes(MINUTE, replica);
    assertThat(failingSince(moved).getFirst()).isAfter(now.minus(Duration.ofDays(1)));
  }

  @Test
  void ofManyExhaustedDeliveriesTheOwnerIsToldInOneEventATime() {
    String id = register("https://example.com/h");
    ExhaustedDeliveries exhausted = exhausted();

    exhausted.count(exhausted(id, "plan.step", 1));
    exhausted.tell(now);
    exhausted.count(exhausted(id, "plan.step", 150));
    exhausted.count(exhausted(id, "plan.failed", 50));
    exhausted.tell(now.plus(settings.toldEvery()).minusSeconds(5));

    List<JsonNode> first = awaitTold("webhook.exhausted", id);
    assertThat(first).hasSize(1);
    assertThat(first.getFirst().path("count").asInt()).isEqualTo(1);
    assertThat(first.getFirst().path("deliveryId").asString()).startsWith("dlv_");

    // The application's own round may have been first to tell, a second later.
    exhausted.tell(now.plus(settings.toldEvery()).plusSeconds(30));
    await().until(() -> told("webhook.exhausted", id).size() == 2);
    JsonNode second = told("webhook.exhausted", id).getLast();
    assertThat(second.path("count").asInt()).isEqualTo(200);
    assertThat(second.path("url").asString()).isEqualTo("https://example.com/h");
  }

  @Test
  void ofAnOperationalEventThatIsExhaustedNobodyIsTold() {
    String id = register("https://example.com/h");
    ExhaustedDeliveries exhausted = exhausted();

    exhausted.count(exhausted(id, "webhook.exhausted", 3));

    assertThat(
            jdbc.sql("select count(*) from exhausted_notice where tenant = ?")
                .param(tenant.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void allJobsOfATenantAreToldOfAsOne() {
    ExhaustedDeliveries exhausted = exhausted();
    List<ExhaustedDelivery> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String job =
          client
              .put(
                  "/internal/job-subscriptions/" + Ids.job(),
                  "{\"url\": \"https://example.com/job\"}")
              .text("id");
      all.addAll(exhausted(job, "job.started", 2));
    }

    exhausted.count(all);
    exhausted.tell(now);

    String last = all.getLast().delivery().subscriptionId();
    assertThat(awaitTold("webhook.exhausted", last).getFirst().path("count").asInt()).isEqualTo(10);
  }

  @Test
  void theRunningServiceDisablesWhatFailsForTooLong() {
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.answer("/hook", Answer.status(500));
      String id = register(receiver.url("/hook").toString());
      client.post("/api/event-types", "{\"name\": \"order.paid\", \"description\": \"d\"}");
      jdbc.sql(
              """
              insert into endpoint_health (subscription_id, tenant, url, failing_since, noticed_at)
              select id, tenant, url, now() - interval '6 d', now() - interval '6 d'
                from webhook_subscription where id = ?
              """)
          .param(id)
          .update();
      jdbc.sql(
              """
              update webhook_subscription set status_since = now() - interval '7 d' where id = ?
              """)
          .param(id)
          .update();

      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                client.post("/api/events", "{\"type\": \"order.paid\", \"data\": {}}");
                return status(id).equals("disabled");
              });

      awaitTold("webhook.disabled", id);
      await().until(() -> failingSince(id).isEmpty());
    }
  }

  /** One of several dispatchers. */
  private final class Replica {
    private final EndpointHealth health = new EndpointHealth(settings);
    private final HealthRound round =
        new HealthRound(
            health,
            new HealthRound.Records(new FailingEndpoints(jdbc), exhausted(), events, transactions),
            lanes,
            disabling,
            settings,
            clock);

    void attempted(String id, Outcome outcome) {
      Subscription subscription = index.find(id).orElseThrow();
      health.attempted(subscription, new Attempt(1, now, Duration.ZERO, outcome));
    }
  }

  /** Time goes by, and then each replica looks after things. */
  private void passes(Duration time, Replica... replicas) {
    now = now.plus(time);
    for (Replica replica : replicas) {
      replica.round.round();
    }
  }

  private ExhaustedDeliveries exhausted() {
    return new ExhaustedDeliveries(jdbc, transactions, index, events, settings, clock);
  }

  private List<ExhaustedDelivery> exhausted(String subscriptionId, String type, int count) {
    List<ExhaustedDelivery> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EventRecord event =
          new EventRecord(
              Ids.event(),
              type,
              "/test",
              now,
              null,
              tenant,
              null,
              null,
              null,
              "{}".getBytes(UTF_8));
      InboundEvent inbound =
          new InboundEvent(event, new RecordPosition("t", 0, 0), now, null, new RecordHeaders());
      all.add(
          new ExhaustedDelivery(
              Delivery.first(subscriptionId, inbound, now), Ids.deadLetter(), "broken"));
    }
    return all;
  }

  private String register(String url) {
    client.post("/api/event-types", "{\"name\": \"order.paid\", \"description\": \"d\"}");
    String id =
        client
            .post(
                "/api/webhooks/register",
                "{\"url\": \"" + url + "\", \"events\": [\"order.paid\"]}")
            .text("id");
    if (now.isBefore(Instant.now()) && now.isAfter(Instant.now().minusSeconds(60))) {
      now = Instant.now();
    }
    return id;
  }

  private String status(String id) {
    return client.get("/api/webhooks/" + id).text("status");
  }

  private List<Instant> failingSince(String id) {
    return jdbc.sql(
            """
            select failing_since from endpoint_health
             where subscription_id = ? and failing_since is not null
            """)
        .param(id)
        .query((row, number) -> row.getTimestamp(1).toInstant())
        .list();
  }

  private List<JsonNode> awaitTold(String type, String id) {
    return await().until(() -> told(type, id), found -> !found.isEmpty());
  }

  private List<JsonNode> told(String type, String id) {
    return lifecycle.recordsOf(id).stream()
        .filter(record -> header(record, CloudEventHeaders.TYPE).equals(type))
        .filter(record -> header(record, CloudEventHeaders.TENANT).equals(tenant.id()))
        .map(record -> WireJson.mapper().readTree(record.value()))
        .toList();
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}

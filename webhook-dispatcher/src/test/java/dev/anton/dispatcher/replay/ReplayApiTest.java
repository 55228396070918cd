package dev.anton.dispatcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.api.TenantOfTest;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.lease.Lease;
import dev.anton.schemas.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ApiTest
class ReplayApiTest {

  private static final String ONE_ATTEMPT = ", \"retry\": {\"maxAttempts\": 1}";

  /** What the annotation on these tests sets. */
  private static final int IN_FLIGHT = 5;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private ReplayRows rows;
  @Autowired private TransactionTemplate transactions;

  private TenantOfTest tenant;
  private String since;

  @BeforeEach
  void open() {
    tenant = new TenantOfTest(port);
    // Now there is a record on Kafka that is older than all that a test replays.
    tenant.addType("marker.set");
    tenant.publish("marker.set", "before");
    since = Timestamps.format(Instant.now());
  }

  @AfterEach
  void close() {
    tenant.close();
  }

  @Test
  void whatEndedDeadOrSkippedIsDeliveredOnceMoreAndOnlyOnce() {
    tenant.receiver().answer("/hook", Answer.status(500));
    String webhook = tenant.register("/hook", ONE_ATTEMPT);
    String dead = tenant.publish("dead");
    tenant.awaitDeliveries(webhook, "dead", 1);
    tenant.receiver().answer("/hook", Answer.ok());
    tenant.publish("arrives");
    tenant.awaitDeliveries(webhook, "delivered", 1);
    tenant.client().post("/api/webhooks/" + webhook + "/pause", "");
    String skipped = tenant.publish("skipped");
    tenant.awaitDeliveries(webhook, "skipped", 1);
    tenant.client().post("/api/webhooks/" + webhook + "/resume", "");

    ApiClient.Answer accepted = replay(webhook, "");

    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.header("Location")).isEqualTo("/api/replays/" + accepted.text("id"));
    ApiClient.Answer done = awaitDelivered(accepted.text("id"), 2);
    assertThat(done.text("selection")).isEqualTo("failed");
    assertThat(done.json().path("enqueued").asInt()).isEqualTo(2);
    assertThat(eventsReceived("/hook").subList(2, 4)).containsExactlyInAnyOrder(dead, skipped);
    ApiClient.Answer again = awaitCompleted(replay(webhook, "").text("id"));
    assertThat(again.json().path("enqueued").asInt()).isZero();
    assertThat(tenant.client().get("/api/webhooks/" + webhook + "/replays").listed("id"))
        .containsExactly(again.text("id"), done.text("id"));
  }

  @Test
  void whatHappenedBeforeAWebhookExistedOrWhileItWasPausedIsMissed() {
    String early = tenant.publish("early");
    awaitSeen(early);
    awaitSeen(tenant.publish("filtered-out"));
    String webhook = tenant.register("/hook", ", \"filter\": \"data.k != 'filtered-out'\"");
    tenant.publish("arrives");
    tenant.awaitDeliveries(webhook, "delivered", 1);
    tenant.client().post("/api/webhooks/" + webhook + "/pause", "");
    String paused = tenant.publish("paused");
    tenant.awaitDeliveries(webhook, "skipped", 1);
    tenant.client().post("/api/webhooks/" + webhook + "/resume", "");

    String id = replay(webhook, ", \"status\": \"missed\"").text("id");

    ApiClient.Answer done = awaitDelivered(id, 2);
    assertThat(eventsReceived("/hook").subList(1, 3)).containsExactlyInAnyOrder(early, paused);
    assertThat(done.json().path("scanned").asInt()).isGreaterThanOrEqualTo(4);
    ApiClient.Answer again = awaitCompleted(replay(webhook, ", \"status\": \"missed\"").text("id"));
    assertThat(again.json().path("enqueued").asInt()).isZero();
  }

  @Test
  void everythingThatMatchedIsDeliveredAgainIfItIsOfTheTypesAskedForAndInTime() {
    tenant.addType("order.sent");
    String webhook = tenant.register("/hook");
    String paid = tenant.publish("k");
    tenant.publish("order.sent", "k");
    tenant.awaitDeliveries(webhook, "delivered", 2);
    String until = Timestamps.format(Instant.now());
    await().until(() -> Instant.now().isAfter(Instant.parse(until)));
    tenant.publish("later");
    tenant.awaitDeliveries(webhook, "delivered", 3);

    String id =
        replay(
                webhook,
                ", \"status\": \"all\", \"events\": [\"order.paid\"], \"until\": \"%s\""
                    .formatted(until))
            .text("id");

    ApiClient.Answer done = awaitDelivered(id, 1);
    assertThat(done.json().path("enqueued").asInt()).isEqualTo(1);
    assertThat(eventsReceived("/hook").get(3)).isEqualTo(paid);
  }

  @Test
  void whatKafkaNoLongerHasIsCounted() {
    String webhook = tenant.register("/hook");
    String event = tenant.publish("k");
    tenant.awaitDeliveries(webhook, "delivered", 1);
    jdbc.sql("update events set kafka_offset = kafka_offset + 1000000 where event_id = ?")
        .param(event)
        .update();

    ApiClient.Answer done = awaitCompleted(replay(webhook, ", \"status\": \"all\"").text("id"));

    assertThat(done.json().path("gone").asInt()).isEqualTo(1);
    assertThat(done.json().path("enqueued").asInt()).isZero();
  }

  @Test
  void aSinceBeforeTheOldestRecordIsRefusedAndTheTimeIsNamed() {
    String webhook = tenant.register("/hook");

    ApiClient.Answer refused =
        tenant
            .client()
            .post("/api/webhooks/" + webhook + "/replay", "{\"since\": \"2001-01-01T00:00:00Z\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("code")).isEqualTo("before-earliest-event");
    assertThat(refused.pointers()).containsExactly("/since");
    assertThat(refused.text("detail")).matches("Events are kept from 20\\d\\d-.*Z on; .*");
    String earliest = refused.text("detail").replaceAll("Events are kept from (\\S+) on.*", "$1");
    assertThat(
            tenant
                .client()
                .post("/api/webhooks/" + webhook + "/replay", "{\"since\": \"" + earliest + "\"}")
                .status())
        .isEqualTo(202);
  }

  @Test
  void whatCannotBeReplayedIsRefused() {
    String webhook = tenant.register("/hook");
    String path = "/api/webhooks/" + webhook + "/replay";

    assertThat(tenant.client().post(path, "{}").pointers()).containsExactly("/since");
    assertThat(replay(webhook, ", \"status\": \"lost\"").pointers()).containsExactly("/status");
    assertThat(replay(webhook, ", \"maxRatePerSecond\": 0").pointers())
        .containsExactly("/maxRatePerSecond");
    assertThat(replay(webhook, ", \"events\": [\"no.such\"]").pointers())
        .containsExactly("/events/0");
    assertThat(replay(webhook, ", \"until\": \"2001-01-01T00:00:00Z\"").pointers())
        .containsExactly("/until");
    assertThat(tenant.client().post(path, "{\"since\": \"yesterday\"}").pointers())
        .contains("/since");
    assertThat(replay("wh_none", "").status()).isEqualTo(404);
    tenant.client().post("/api/webhooks/" + webhook + "/pause", "");
    assertThat(replay(webhook, "").status()).isEqualTo(409);
    assertThat(replay(webhook, "").text("code")).isEqualTo("webhook-not-active");
  }

  @Test
  void aReplayIsItsTenantsOwnAndStartedOnceForAKey() {
    String webhook = tenant.register("/hook");
    String path = "/api/webhooks/" + webhook + "/replay";
    String body = "{\"since\": \"" + since + "\"}";

    ApiClient.Answer one = tenant.client().post(path, body, "Idempotency-Key", "once");
    ApiClient.Answer two = tenant.client().post(path, body, "Idempotency-Key", "once");

    String id = one.text("id");
    assertThat(two.text("id")).isEqualTo(id);
    assertThat(tenant.client().get("/api/replays").listed("id")).containsExactly(id);
    try (TenantOfTest other = new TenantOfTest(port)) {
      assertThat(other.client().post(path, body).status()).isEqualTo(404);
      assertThat(other.client().get("/api/replays/" + id).status()).isEqualTo(404);
      assertThat(other.client().post("/api/replays/" + id + "/cancel", "").status()).isEqualTo(404);
      assertThat(other.client().get("/api/webhooks/" + webhook + "/replays").status())
          .isEqualTo(404);
      assertThat(other.client().get("/api/replays").listed("id")).isEmpty();
    }
  }

  @Test
  void itWaitsForRoomAndACancelTakesBackWhatWasNotAttempted() {
    String webhook = failingWebhook(12);

    String id = replay(webhook, "").text("id");

    // The breaker is open: what was enqueued waits, and no more is.
    ApiClient.Answer waiting =
        await()
            .atMost(Duration.ofSeconds(9))
            .until(
                () -> tenant.client().get("/api/replays/" + id),
                answer -> answer.text("waitsFor").contains("not attempted yet"));
    assertThat(waiting.text("status")).isEqualTo("running");
    assertThat(waiting.json().path("enqueued").asInt()).isEqualTo(IN_FLIGHT);
    ApiClient.Answer cancelled = tenant.client().post("/api/replays/" + id + "/cancel", "");
    assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
    assertThat(cancelled.text("status")).isEqualTo("cancelled");
    assertThat(cancelled.json().path("deliveries").path("skipped").asInt()).isEqualTo(IN_FLIGHT);
    assertThat(rows.unattempted(id, 100)).isZero();
    assertThat(tenant.client().post("/api/replays/" + id + "/cancel", "").status()).isEqualTo(200);
  }

  @Test
  void aFinishedReplayOfWhichNothingWaitsIsNotCancelled() {
    String webhook = tenant.register("/hook");
    String id = awaitCompleted(replay(webhook, "").text("id")).text("id");

    ApiClient.Answer refused = tenant.client().post("/api/replays/" + id + "/cancel", "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("replay-finished");
    assertThat(tenant.client().get("/api/replays/" + id).text("status")).isEqualTo("completed");
  }

  @Test
  void whatADeadReplicaLeftIsTakenOverAndNothingIsEnqueuedTwice() {
    String webhook = tenant.register("/hook");
    tenant.publish("a");
    tenant.publish("b");
    tenant.awaitDeliveries(webhook, "delivered", 2);
    String id = replay(webhook, ", \"status\": \"all\"").text("id");
    awaitDelivered(id, 2);

    // As if the replica had died with its first step in hand: its lease has just run out.
    jdbc.sql(
            """
            update replay
               set state = 'running', position = '', enqueued = 0, finished_at = null,
                   lease_owner = 'dead', lease_until = now() - interval '1 second'
             where replay_id = ?
            """)
        .param(id)
        .update();

    ApiClient.Answer done = awaitCompleted(id);
    assertThat(done.json().path("enqueued").asInt()).isZero();
    assertThat(done.json().path("deliveries").path("delivered").asInt()).isEqualTo(2);
    assertThat(tenant.receiver().requests("/hook")).hasSize(4);
  }

  @Test
  void aReplicaThatLostItsLeaseWritesNothing() {
    String webhook = tenant.register("/hook");
    String id = awaitCompleted(replay(webhook, "").text("id")).text("id");
    jdbc.sql(
            """
            update replay
               set state = 'running', finished_at = null, fencing_token = 7,
                   lease_until = now() + interval '1 hour'
             where replay_id = ?
            """)
        .param(id)
        .update();

    assertThat(holds(new Lease(id, 6))).isFalse();
    assertThat(holds(new Lease(id, 7))).isTrue();
    tenant.client().post("/api/replays/" + id + "/cancel", "");
    assertThat(holds(new Lease(id, 7))).isFalse();
    assertThat(holds(new Lease(id, 8))).isFalse();
  }

  @Test
  void deadLettersAreReplayedByWebhookAndReason() {
    tenant.receiver().answer("/a", Answer.status(500));
    tenant.receiver().answer("/b", Answer.status(404));
    tenant.receiver().answer("/c", Answer.status(404));
    String a = tenant.register("/a", ONE_ATTEMPT);
    String b = tenant.register("/b", ONE_ATTEMPT);
    String c = tenant.register("/c", ONE_ATTEMPT);
    tenant.publish("k");
    for (String webhook : List.of(a, b, c)) {
      tenant.awaitDeliveries(webhook, "dead", 1);
    }
    tenant.client().post("/api/webhooks/" + c + "/pause", "");
    tenant.receiver().answer("/a", Answer.ok());
    tenant.receiver().answer("/b", Answer.ok());

    ApiClient.Answer byReason = replayDeadLetters("{\"reason\": \"answered 404\"}");
    ApiClient.Answer done = awaitDelivered(byReason.text("id"), 1);

    assertThat(done.json().path("passedOver").asInt()).isEqualTo(1);
    assertThat(tenant.receiver().requests("/a")).hasSize(1);
    assertThat(tenant.receiver().requests("/b")).hasSize(2);
    ApiClient.Answer rest = awaitDelivered(replayDeadLetters("{}").text("id"), 1);
    assertThat(rest.json().path("enqueued").asInt()).isEqualTo(1);
    assertThat(tenant.receiver().requests("/a")).hasSize(2);
    assertThat(replayDeadLetters("{\"webhookId\": \"" + c + "\"}").status()).isEqualTo(409);
    assertThat(replayDeadLetters("{\"webhookId\": \"wh_none\"}").status()).isEqualTo(404);
  }

  @Test
  void oneDeadLetterIsDeliveredAgain() {
    tenant.receiver().answerInTurn("/hook", Answer.status(500), Answer.ok());
    String webhook = tenant.register("/hook", ONE_ATTEMPT);
    tenant.publish("k");
    tenant.awaitDeliveries(webhook, "dead", 1);
    String letter = tenant.client().get("/api/dead-letters").listed("id").getFirst();
    String path = "/api/dead-letters/" + letter + "/replay";
    try (TenantOfTest other = new TenantOfTest(port)) {
      assertThat(other.client().post(path, "").status()).isEqualTo(404);
    }

    ApiClient.Answer started = tenant.client().post(path, "");

    assertThat(started.status()).as(started.body()).isEqualTo(202);
    tenant.awaitDelivery(started.text("deliveryId"), "delivered");
    assertThat(tenant.awaitRequests("/hook", 2)).hasSize(2);
  }

  /** A webhook with so many dead deliveries whose breaker has just opened. */
  private String failingWebhook(int dead) {
    tenant.receiver().answer("/hook", Answer.status(500));
    String webhook = tenant.register("/hook", ONE_ATTEMPT);
    for (int i = 0; i < dead; i++) {
      tenant.publish("same");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                tenant
                    .client()
                    .get("/api/webhooks/" + webhook + "/deliveries?status=dead")
                    .listed("id"),
            ids -> ids.size() >= 10);
    return webhook;
  }

  /** It was taken in: whatever is registered from now on does not get it. */
  private void awaitSeen(String event) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tenant.client().get("/api/events/" + event).status() == 200);
  }

  private boolean holds(Lease lease) {
    return Boolean.TRUE.equals(transactions.execute(_ -> rows.hold(lease)));
  }

  private ApiClient.Answer replay(String webhook, String more) {
    return tenant
        .client()
        .post("/api/webhooks/" + webhook + "/replay", "{\"since\": \"" + since + "\"" + more + "}");
  }

  private ApiClient.Answer replayDeadLetters(String body) {
    return tenant.client().post("/api/dead-letters/replay", body);
  }

  private ApiClient.Answer awaitCompleted(String id) {
    return await()
        .alias("replay " + id + " is completed")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> tenant.client().get("/api/replays/" + id),
            answer -> answer.text("status").equals("completed"));
  }

  private ApiClient.Answer awaitDelivered(String id, int deliveries) {
    return await()
        .alias("replay " + id + " has delivered " + deliveries)
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> tenant.client().get("/api/replays/" + id),
            answer ->
                answer.text("status").equals("completed")
                    && answer.json().path("deliveries").path("delivered").asInt() == deliveries);
  }

  private List<String> eventsReceived(String path) {
    return tenant.receiver().requests(path).stream().map(ReplayApiTest::eventId).toList();
  }

  private static String eventId(ReceivedRequest request) {
    return request.header("webhook-id").orElseThrow();
  }
}

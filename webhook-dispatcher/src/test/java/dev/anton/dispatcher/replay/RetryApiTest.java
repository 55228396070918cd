package dev.anton.dispatcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.api.TenantOfTest;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class RetryApiTest {

  private static final String ONE_ATTEMPT = ", \"retry\": {\"maxAttempts\": 1}";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private TenantOfTest tenant;

  @BeforeEach
  void open() {
    tenant = new TenantOfTest(port);
  }

  @AfterEach
  void close() {
    tenant.close();
  }

  @Test
  void whatWasDeliveredIsDeliveredAgainUnderTheSameEventId() {
    String webhook = tenant.register("/hook");
    String event = tenant.publish("k");
    String first = tenant.awaitDeliveries(webhook, "delivered", 1).getFirst();

    ApiClient.Answer retry = retry(first);

    assertThat(retry.status()).as(retry.body()).isEqualTo(202);
    String second = retry.text("deliveryId");
    assertThat(retry.header("Location")).isEqualTo("/api/deliveries/" + second);
    assertThat(retry.text("retryOf")).isEqualTo(first);
    assertThat(tenant.awaitDelivery(second, "delivered").text("replayId"))
        .isEqualTo(retry.text("replayId"));
    List<ReceivedRequest> requests = tenant.awaitRequests("/hook", 2);
    assertThat(requests).allSatisfy(it -> assertThat(it.header("webhook-id")).contains(event));
    assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
    assertThat(requests.get(1).header("X-Anton-Delivery")).contains(second);
    assertThat(requests.get(1).header("X-Anton-Attempt")).contains("1");
    ApiClient.Answer untouched = tenant.client().get("/api/deliveries/" + first);
    assertThat(untouched.json().path("attemptLog")).hasSize(1);
    assertThat(untouched.json().has("replayId")).isFalse();
    assertThat(tenant.client().get("/api/events/" + event).json().path("deliveries")).hasSize(2);
  }

  @Test
  void aDeadDeliveryStaysDeadAndItsEventArrives() {
    tenant.receiver().answer("/hook", Answer.status(500));
    String webhook = tenant.register("/hook", ONE_ATTEMPT);
    tenant.publish("k");
    String dead = tenant.awaitDeliveries(webhook, "dead", 1).getFirst();
    tenant.receiver().answer("/hook", Answer.ok());

    String again = retry(dead).text("deliveryId");

    tenant.awaitDelivery(again, "delivered");
    ApiClient.Answer old = tenant.client().get("/api/deliveries/" + dead);
    assertThat(old.text("status")).isEqualTo("dead");
    assertThat(old.text("deadLetterId")).startsWith("dl_");
  }

  @Test
  void whenItsTopicHasTheRecordNoLongerADeadDeliveryComesFromTheDeadLetters() {
    tenant.receiver().answer("/hook", Answer.status(500));
    String webhook = tenant.register("/hook", ONE_ATTEMPT);
    String event = tenant.publish("k");
    String dead = tenant.awaitDeliveries(webhook, "dead", 1).getFirst();
    loseRecord(event);
    tenant.receiver().answer("/hook", Answer.ok());

    String again = retry(dead).text("deliveryId");

    tenant.awaitDelivery(again, "delivered");
    List<ReceivedRequest> requests = tenant.awaitRequests("/hook", 2);
    assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
    assertThat(requests.get(1).header("webhook-id")).contains(event);
  }

  @Test
  void anEventThatIsNoLongerOnKafkaIsGone() {
    String webhook = tenant.register("/hook");
    String event = tenant.publish("k");
    String delivered = tenant.awaitDeliveries(webhook, "delivered", 1).getFirst();
    loseRecord(event);

    ApiClient.Answer retry = retry(delivered);

    assertThat(retry.status()).isEqualTo(410);
    assertThat(retry.text("code")).isEqualTo("payload-gone");
  }

  @Test
  void whatWaitsForItsNextAttemptIsMadeDueNow() {
    tenant.receiver().answerInTurn("/hook", Answer.status(500), Answer.ok());
    String webhook = tenant.register("/hook", ", \"retry\": {\"schedule\": [\"1h\"]}");
    tenant.publish("k");
    String waiting = tenant.awaitDeliveries(webhook, "retrying", 1).getFirst();

    ApiClient.Answer retry = retry(waiting);

    assertThat(retry.status()).as(retry.body()).isEqualTo(202);
    assertThat(retry.text("deliveryId")).isEqualTo(waiting);
    assertThat(tenant.awaitDelivery(waiting, "delivered").json().path("attemptLog")).hasSize(2);
  }

  @Test
  void anAttemptThatRunsIsNotDoubled() {
    CountDownLatch open = new CountDownLatch(1);
    tenant.receiver().answer("/hook", Answer.after(open, Answer.ok()));
    String webhook = tenant.register("/hook");
    tenant.publish("k");
    String slow = tenant.awaitDeliveries(webhook, "pending", 1).getFirst();

    ApiClient.Answer retry = retry(slow);
    open.countDown();

    assertThat(retry.status()).isEqualTo(409);
    assertThat(retry.text("code")).isEqualTo("delivery-in-progress");
    tenant.awaitDelivery(slow, "delivered");
    assertThat(tenant.receiver().requests("/hook")).hasSize(1);
  }

  @Test
  void aPausedWebhooksDeliveryIsRetriedOnceItIsResumed() {
    String webhook = tenant.register("/hook");
    tenant.client().post("/api/webhooks/" + webhook + "/pause", "");
    tenant.publish("k");
    String skipped = tenant.awaitDeliveries(webhook, "skipped", 1).getFirst();

    ApiClient.Answer tooEarly = retry(skipped);
    tenant.client().post("/api/webhooks/" + webhook + "/resume", "");
    ApiClient.Answer retry = retry(skipped);

    assertThat(tooEarly.status()).isEqualTo(409);
    assertThat(tooEarly.text("code")).isEqualTo("webhook-not-active");
    assertThat(retry.status()).as(retry.body()).isEqualTo(202);
    tenant.awaitDelivery(retry.text("deliveryId"), "delivered");
  }

  @Test
  void aRepeatWithTheSameKeyStartsNothingMore() {
    String webhook = tenant.register("/hook");
    String event = tenant.publish("k");
    String delivered = tenant.awaitDeliveries(webhook, "delivered", 1).getFirst();
    String path = "/api/deliveries/" + delivered + "/retry";

    ApiClient.Answer one = tenant.client().post(path, "", "Idempotency-Key", "once");
    ApiClient.Answer two = tenant.client().post(path, "", "Idempotency-Key", "once");

    assertThat(two.body()).isEqualTo(one.body());
    tenant.awaitDelivery(one.text("deliveryId"), "delivered");
    assertThat(tenant.client().get("/api/events/" + event).json().path("deliveries")).hasSize(2);
  }

  @Test
  void aDeliveryOfADeletedWebhookOrOfAnotherTenantIsNotRetried() {
    String webhook = tenant.register("/hook");
    tenant.publish("k");
    String delivered = tenant.awaitDeliveries(webhook, "delivered", 1).getFirst();
    try (TenantOfTest other = new TenantOfTest(port)) {
      assertThat(other.client().post("/api/deliveries/" + delivered + "/retry", "").status())
          .isEqualTo(404);
    }
    tenant.client().delete("/api/webhooks/" + webhook);

    ApiClient.Answer retry = retry(delivered);

    assertThat(retry.status()).isEqualTo(409);
    assertThat(retry.text("code")).isEqualTo("webhook-deleted");
  }

  private ApiClient.Answer retry(String delivery) {
    return tenant.client().post("/api/deliveries/" + delivery + "/retry", "");
  }

  /** As if retention had taken the record from its topic. */
  private void loseRecord(String event) {
    jdbc.sql("update events set kafka_offset = kafka_offset + 1000000 where event_id = ?")
        .param(event)
        .update();
  }
}

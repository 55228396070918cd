package dev.anton.dispatcher.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.dispatch.Probe;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.SigningKeys;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.time.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of an event, by what its endpoint answers. */
@EngineTest
class DeliveryTest {

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration MUCH_LATER = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant tenant = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final MeterRegistry meters;
  private final JournalView journal;
  private TestEvents events;

  @Autowired
  DeliveryTest(TestSubscriptions subscriptions, MeterRegistry meters, JdbcClient jdbc) {
    this.subscriptions = subscriptions;
    this.meters = meters;
    this.journal = new JournalView(jdbc);
  }

  @BeforeEach
  void publishTo(KafkaBackend kafka) {
    events = new TestEvents(kafka, tenant);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void anEventArrivesSignedWithEveryHeader() throws Exception {
    byte[] key = "my secret, as a client chose it".getBytes(UTF_8);
    Subscription subscription = subscriptions.add(tenant, receiver.url("/hook"), "plan.step");
    subscriptions.sign(
        subscription, new SigningKeys(key, null), Map.of("Authorization", "Bearer x"));

    EventRecord event = events.publish("plan.step", "ses_1", "{\"sessionId\": \"ses_1\"}");

    ReceivedRequest request = awaitRequests("/hook", 1).getFirst();
    JournalView.Row row = journal.awaitStatus("delivered", event.id(), subscription.id());
    String time = Timestamps.format(event.time());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.text())
        .isEqualTo(
            "{\"event\":\"plan.step\",\"timestamp\":\"%s\",\"data\":{\"sessionId\": \"ses_1\"}}"
                .formatted(time));
    assertThat(request.header("Content-Type")).contains("application/json");
    assertThat(request.header("X-Anton-Event")).contains("plan.step");
    assertThat(request.header("X-Anton-Timestamp")).contains(time);
    assertThat(request.header("X-Anton-Delivery")).contains(row.deliveryId());
    assertThat(request.header("X-Anton-Attempt")).contains("1");
    assertThat(request.header("X-Anton-Signature")).contains(hexHmac(key, request.body()));
    assertThat(request.header("X-Anton-Signature-Next")).isEmpty();
    assertThat(request.header("webhook-id")).contains(event.id());
    assertThat(request.header("traceparent")).contains(TestEvents.TRACEPARENT);
    assertThat(request.header("Authorization")).contains("Bearer x");
    assertThat(request.header("User-Agent")).get(STRING).startsWith("Anton");
    Webhook library = new Webhook(Base64.getEncoder().encodeToString(key));
    assertThatCode(
            () ->
                library.verify(
                    request.text(), HttpHeaders.of(request.headers(), (name, value) -> true)))
        .doesNotThrowAnyException();
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(journal.attempts(row.deliveryId()))
        .containsExactly(new JournalView.AttemptRow(1, "delivered", 200, "ok"));
    assertThat(meters.get("anton.deliveries").tag("result", "delivered").counter().count())
        .isPositive();
    assertThat(meters.get("anton.attempts").tag("outcome", "delivered").timer().count())
        .isPositive();
    assertThat(meters.get("anton.delivery.latency").timer().count()).isPositive();
    assertThat(meters.get("anton.journal.batch.size").summary().count()).isPositive();
  }

  @Test
  void duringARotationBothSignaturesAreSent() throws Exception {
    byte[] old = "the old secret".getBytes(UTF_8);
    byte[] fresh = "the new secret".getBytes(UTF_8);
    Subscription subscription = subscriptions.add(tenant, receiver.url("/hook"), "plan.step");
    subscriptions.sign(subscription, new SigningKeys(old, fresh), Map.of());

    events.publish("plan.step", "ses_1", "{}");

    ReceivedRequest request = awaitRequests("/hook", 1).getFirst();
    assertThat(request.header("X-Anton-Signature")).contains(hexHmac(old, request.body()));
    assertThat(request.header("X-Anton-Signature-Next")).contains(hexHmac(fresh, request.body()));
    assertThat(request.header("webhook-signature").orElseThrow().split(" ")).hasSize(2);
  }

  @Test
  void anEventThatNobodyWantsIsInTheJournalAllTheSame() {
    EventRecord event = events.publish("order.paid", "o1", "{}");

    await().atMost(PATIENCE).until(() -> journal.matchesOf(event.id()).isPresent());
    assertThat(journal.matchesOf(event.id())).contains(0);
  }

  @Test
  void firstAttemptsOfAKeyArriveInOrder() {
    subscriptions.add(tenant, receiver.url("/hook"), "plan.step");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(events.publish("plan.step", "ses_" + i % 3, "{\"n\":" + i + "}").id());
    }

    List<String> received = awaitRequests("/hook", 100).stream().map(DeliveryTest::id).toList();

    for (int key = 0; key < 3; key++) {
      assertThat(everyThird(key, sent, received)).containsExactlyElementsOf(everyThird(key, sent));
    }
  }

  @Test
  void aFailureIsRepeatedUntilItSucceeds() {
    receiver.answerInTurn("/hook", Answer.status(500), Answer.reset(), Answer.ok());
    Subscription subscription =
        subscriptions.add(tenant, receiver.url("/hook"), "plan.step", SOON, SOON);

    EventRecord event = events.publish("plan.step", "ses_1", "{}");

    JournalView.Row row = journal.awaitStatus("delivered", event.id(), subscription.id());
    List<ReceivedRequest> requests = receiver.requests("/hook");
    assertThat(requests).extracting(DeliveryTest::id).containsOnly(event.id()).hasSize(3);
    assertThat(requests)
        .extracting(it -> it.header("X-Anton-Attempt").orElseThrow())
        .containsExactly("1", "2", "3");
    assertThat(requests)
        .extracting(it -> it.header("X-Anton-Delivery").orElseThrow())
        .containsOnly(row.deliveryId());
    assertThat(row.attempts()).isEqualTo(3);
    assertThat(journal.attempts(row.deliveryId()))
        .extracting(JournalView.AttemptRow::outcome)
        .containsExactly("refused", "connection_failed", "delivered");
    assertThat(journal.isParked(row.deliveryId())).isFalse();
  }

  @Test
  void aRedirectIsAFailure() {
    receiver.answer(
        "/hook", Answer.status(301, "Location: " + receiver.url("/other") + "\r\n", ""));
    Subscription subscription =
        subscriptions.add(tenant, receiver.url("/hook"), "plan.step", MUCH_LATER);

    EventRecord event = events.publish("plan.step", "ses_1", "{}");

    JournalView.Row row = journal.awaitStatus("retrying", event.id(), subscription.id());
    assertThat(row.lastHttpStatus()).isEqualTo(301);
    assertThat(receiver.requests("/other")).isEmpty();
  }

  @Test
  void retryAfterIsHeeded() {
    receiver.answer("/hook", Answer.status(429, "Retry-After: 7200\r\n", ""));
    Subscription subscription = subscriptions.add(tenant, receiver.url("/hook"), "plan.step", SOON);

    EventRecord event = events.publish("plan.step", "ses_1", "{}");

    JournalView.Row row = journal.awaitStatus("retrying", event.id(), subscription.id());
    assertThat(row.nextAttemptAt()).isAfterOrEqualTo(row.lastAttemptAt().plusHours(2));
    assertThat(journal.isParked(row.deliveryId())).isTrue();
  }

  @Test
  void whatUsedUpItsAttemptsLiesInTheDeadLetterTopic(KafkaBackend kafka) {
    receiver.answer("/hook", Answer.status(500, "", "broken"));
    Subscription subscription =
        subscriptions.add(tenant, receiver.url("/hook"), "plan.failed", SOON);
    try (TopicRecording letters = kafka.record(Topics.DEAD_LETTER);
        TopicRecording lifecycle = kafka.record(Topics.LIFECYCLE_EVENTS)) {
      EventRecord event = events.publish("plan.failed", "ses_1", "{\"x\" : 1}");

      JournalView.Row row = journal.awaitStatus("dead", event.id(), subscription.id());

      assertThat(row.attempts()).isEqualTo(2);
      assertThat(row.deadLetterId()).startsWith("dl_");
      assertThat(row.reason()).isEqualTo("The endpoint answered 500");
      assertThat(journal.isParked(row.deliveryId())).isFalse();
      await().atMost(PATIENCE).until(() -> letters.records(it -> isOf(it, event)).size() == 1);
      ConsumerRecord<String, byte[]> letter = letters.records(it -> isOf(it, event)).getFirst();
      assertThat(letter.key()).isEqualTo("ses_1");
      assertThat(new String(letter.value(), UTF_8)).isEqualTo("{\"x\" : 1}");
      assertThat(header(letter, CloudEventHeaders.TYPE)).isEqualTo("plan.failed");
      assertThat(header(letter, "dead_letter_id")).isEqualTo(row.deadLetterId());
      assertThat(header(letter, "dead_letter_reason")).isEqualTo("The endpoint answered 500");
      assertThat(header(letter, "dead_letter_attempts")).isEqualTo("2");
      assertThat(header(letter, "dead_letter_webhook_id")).isEqualTo(subscription.id());
      assertThat(header(letter, "dead_letter_delivery_id")).isEqualTo(row.deliveryId());
      assertThat(header(letter, "dead_letter_topic")).isEqualTo(Topics.LIFECYCLE_EVENTS);
      assertThat(Timestamps.parse(header(letter, "dead_letter_time"))).isAfter(event.time());
      await()
          .atMost(PATIENCE)
          .until(() -> lifecycle.recordsOf(subscription.id()), found -> !found.isEmpty());
      ConsumerRecord<String, byte[]> told = lifecycle.recordsOf(subscription.id()).getFirst();
      assertThat(header(told, CloudEventHeaders.TYPE)).isEqualTo("webhook.exhausted");
      assertThat(new String(told.value(), UTF_8))
          .contains(event.id())
          .contains(row.deliveryId())
          .contains(row.deadLetterId());
    }
  }

  @Test
  void anEndpointThatIsGoneDisablesItsSubscription() {
    receiver.answer("/hook", Answer.status(410));
    Subscription subscription = subscriptions.add(tenant, receiver.url("/hook"), "plan.step", SOON);

    EventRecord first = events.publish("plan.step", "ses_1", "{}");
    journal.awaitStatus("skipped", first.id(), subscription.id());
    await().atMost(PATIENCE).until(() -> subscriptions.disabledFor(subscription).isPresent());
    EventRecord second = events.publish("plan.step", "ses_1", "{}");

    JournalView.Row row = journal.awaitStatus("skipped", second.id(), subscription.id());
    assertThat(row.attempts()).isZero();
    assertThat(receiver.requests("/hook")).hasSize(1);
  }

  @Test
  void forAPausedSubscriptionDeliveriesAreSkipped() {
    Subscription subscription = subscriptions.add(tenant, receiver.url("/hook"), "plan.step");
    subscriptions.set(subscription, SubscriptionStatus.PAUSED);

    EventRecord event = events.publish("plan.step", "ses_1", "{}");

    JournalView.Row row = journal.awaitStatus("skipped", event.id(), subscription.id());
    assertThat(row.reason()).contains("paused");
    assertThat(journal.isParked(row.deliveryId())).isFalse();
    assertThat(receiver.requests("/hook")).isEmpty();
  }

  @Test
  void aDeletedSubscriptionTakesItsParkedDeliveriesAlong() {
    receiver.answer("/hook", Answer.status(500));
    Subscription subscription =
        subscriptions.add(tenant, receiver.url("/hook"), "plan.step", MUCH_LATER);
    EventRecord event = events.publish("plan.step", "ses_1", "{}");
    journal.awaitStatus("retrying", event.id(), subscription.id());

    subscriptions.remove(subscription);

    JournalView.Row row = journal.awaitStatus("skipped", event.id(), subscription.id());
    assertThat(row.reason()).contains("deleted");
    assertThat(journal.isParked(row.deliveryId())).isFalse();
    assertThat(receiver.requests("/hook")).hasSize(1);
  }

  @Test
  void anEndpointThatHangsHoldsNeitherItsKeyNorOthersUp() {
    CountDownLatch forEver = new CountDownLatch(1);
    receiver.answerInTurn("/slow", Answer.after(forEver, Answer.ok()), Answer.ok());
    Subscription slow = subscriptions.add(tenant, receiver.url("/slow"), "plan.step", SOON);
    Subscription healthy = subscriptions.add(tenant, receiver.url("/fast"), "plan.step");

    EventRecord first = events.publish("plan.step", "ses_1", "{}");
    EventRecord second = events.publish("plan.step", "ses_1", "{}");

    journal.awaitStatus("delivered", first.id(), healthy.id());
    journal.awaitStatus("delivered", second.id(), healthy.id());
    // The second passes the first, which is parked while its attempt goes on.
    journal.awaitStatus("delivered", second.id(), slow.id());
    // It times out and is tried again.
    JournalView.Row row = journal.awaitStatus("delivered", first.id(), slow.id());
    assertThat(journal.attempts(row.deliveryId()))
        .extracting(JournalView.AttemptRow::outcome)
        .containsExactly("timed_out", "delivered");
    forEver.countDown();
  }

  @Test
  void anOpenBreakerParksWithoutUsingUpAttempts() {
    receiver.answer("/hook", Answer.status(503));
    Subscription subscription =
        subscriptions.add(tenant, receiver.url("/hook"), "plan.step", MUCH_LATER);

    for (int i = 0; i < 60; i++) {
      events.publish("plan.step", "ses_" + i, "{}");
    }

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                journal.deliveries(subscription.id(), "retrying")
                        + journal.deliveries(subscription.id(), "pending")
                    == 60);
    // Those that were tried and failed, and those that wait with all their attempts left.
    assertThat(journal.deliveries(subscription.id(), "retrying"))
        .isEqualTo(receiver.requests("/hook").size())
        .isLessThan(60);
    assertThat(meters.get("anton.lanes.breakers.open").gauge().value()).isPositive();
  }

  @Test
  void aParkedDeliveryBehindAnOpenBreakerGoesOutWhenTheEndpointIsBack(
      KafkaBackend kafka, @Autowired JdbcClient jdbc) {
    receiver.answer("/hook", Answer.status(503));
    Subscription subscription =
        subscriptions.add(tenant, receiver.url("/hook"), "plan.step", MUCH_LATER);
    for (int i = 0; i < 40; i++) {
      events.publish("plan.step", "ses_" + i, "{}");
    }
    await().atMost(PATIENCE).until(() -> journal.deliveries(subscription.id(), "pending") > 0);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql("select exists (select from endpoint_health where subscription_id = ?)")
                    .param(subscription.id())
                    .query(Boolean.class)
                    .single());

    try (TopicRecording lifecycle = kafka.record(Topics.LIFECYCLE_EVENTS)) {
      receiver.answer("/hook", Answer.ok());

      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> journal.deliveries(subscription.id(), "pending") == 0);
      assertThat(journal.deliveries(subscription.id(), "delivered")).isPositive();
      await().atMost(PATIENCE).until(() -> !lifecycle.recordsOf(subscription.id()).isEmpty());
      assertThat(header(lifecycle.recordsOf(subscription.id()).getFirst(), CloudEventHeaders.TYPE))
          .isEqualTo("webhook.recovered");
    }
  }

  @Test
  void aProbeIsSentLikeADeliveryAndAnswersWithItsAttempt(@Autowired Probe probe) {
    receiver.answer("/hook", Answer.status(500, "", "not now"));
    Subscription subscription = subscriptions.add(tenant, receiver.url("/hook"), "webhook.test");

    Attempt attempt = probe.send(events.event("webhook.test", "wh", "{}"), subscription).join();

    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Refused(500, null, "not now"));
    assertThat(receiver.requests("/hook").getFirst().header("X-Anton-Event"))
        .contains("webhook.test");
  }

  private List<ReceivedRequest> awaitRequests(String path, int count) {
    return await()
        .atMost(PATIENCE)
        .until(() -> receiver.requests(path), found -> found.size() >= count);
  }

  private static String id(ReceivedRequest request) {
    return request.header("webhook-id").orElseThrow();
  }

  private static List<String> everyThird(int key, List<String> sent) {
    List<String> some = new ArrayList<>();
    for (int i = key; i < sent.size(); i += 3) {
      some.add(sent.get(i));
    }
    return some;
  }

  private static List<String> everyThird(int key, List<String> sent, List<String> received) {
    return received.stream().filter(everyThird(key, sent)::contains).toList();
  }

  private static boolean isOf(ConsumerRecord<String, byte[]> record, EventRecord event) {
    return event.id().equals(header(record, CloudEventHeaders.ID));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static String hexHmac(byte[] key, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}

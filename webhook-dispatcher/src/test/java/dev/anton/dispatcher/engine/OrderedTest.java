package dev.anton.dispatcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an ordered subscription is promised, by what its endpoint does to the head of a line. */
@EngineTest
class OrderedTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration MUCH_LATER = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant tenant = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final MeterRegistry meters;
  private final JournalView journal;
  private final Map<String, List<String>> published = new HashMap<>();
  private TestEvents events;

  @Autowired
  OrderedTest(TestSubscriptions subscriptions, MeterRegistry meters, JdbcClient jdbc) {
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
  void aFailingHeadHoldsItsKeyAndNothingElse() {
    receiver.decide("/hook", request -> Answer.status(isOf(request, "a") ? 500 : 200));
    Subscription ordered = ordered(MUCH_LATER);
    String head = publish("a");
    journal.awaitStatus("retrying", head, ordered.id());

    List<String> behind = List.of(publish("a"), publish("a"));
    List<String> others = List.of(publish("b"), publish("c"), publish("b"));

    for (String other : others) {
      journal.awaitStatus("delivered", other, ordered.id());
    }
    for (String one : behind) {
      JournalView.Row row = journal.awaitStatus("pending", one, ordered.id());
      assertThat(row.attempts()).isZero();
      assertThat(row.reason()).contains("in line");
    }
    assertThat(ids("a")).containsExactly(head);
    await()
        .atMost(PATIENCE)
        .until(() -> meters.get("anton.ordered.blocked.keys").gauge().value() >= 1);
  }

  @Test
  void whenTheHeadArrivesAtLastWhatIsBehindFollowsInOrder() {
    receiver.answerInTurn("/hook", Answer.status(500), Answer.reset(), Answer.ok());
    Subscription ordered = ordered(SOON, SOON);
    List<String> published = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      published.add(publish("a"));
    }

    journal.awaitStatus("delivered", published.getLast(), ordered.id());

    List<String> expected = new ArrayList<>(published);
    expected.addFirst(published.getFirst());
    expected.addFirst(published.getFirst());
    assertThat(ids("a")).containsExactlyElementsOf(expected);
  }

  @Test
  void aSlowHeadHoldsItsKey() {
    CountDownLatch answer = new CountDownLatch(1);
    receiver.answerInTurn("/hook", Answer.after(answer, Answer.ok()), Answer.ok());
    Subscription ordered = ordered(MUCH_LATER);
    Subscription probe = subscriptions.add(tenant, receiver.url("/other"), "order.paid");
    String head = publish("a");
    String next = publish("a");
    journal.awaitStatus("delivered", next, probe.id());
    // Beyond the time after which an attempt counts as slow and leaves its slot.
    await().atMost(PATIENCE).until(() -> meters.get("anton.lanes.slow").gauge().value() >= 1);

    assertThat(ids("a")).containsExactly(head);
    answer.countDown();

    journal.awaitStatus("delivered", next, ordered.id());
    assertThat(ids("a")).containsExactly(head, next);
  }

  @Test
  void aDeadHeadReleasesItsKey() {
    receiver.answerInTurn("/hook", Answer.status(500), Answer.status(500), Answer.ok());
    Subscription ordered = ordered(SOON);
    String head = publish("a");
    String next = publish("a");

    journal.awaitStatus("delivered", next, ordered.id());

    assertThat(journal.delivery(head, ordered.id()).orElseThrow().status()).isEqualTo("dead");
    assertThat(ids("a")).containsExactly(head, head, next);
  }

  @Test
  void anOpenBreakerKeepsTheOrder() {
    // Twelve keys fail, which opens the breaker; whatever is turned away then stays in line.
    CountDownLatch recovered = new CountDownLatch(1);
    receiver.decide("/hook", _ -> Answer.status(recovered.getCount() == 0 ? 200 : 503));
    Subscription ordered = ordered(Duration.ofSeconds(2), SOON, SOON, SOON, SOON);
    for (int round = 0; round < 3; round++) {
      for (int key = 0; key < 12; key++) {
        publish("k" + key);
      }
    }
    await()
        .atMost(PATIENCE)
        .until(() -> meters.get("anton.lanes.breakers.open").gauge().value() > 0);
    recovered.countDown();

    await().atMost(PATIENCE).until(() -> journal.deliveries(ordered.id(), "delivered") == 36);
    for (int key = 0; key < 12; key++) {
      assertThat(ids("k" + key)).isSubsetOf(publishedFor("k" + key));
      assertThat(ids("k" + key).stream().distinct())
          .containsExactlyElementsOf(publishedFor("k" + key));
    }
  }

  @Test
  void aPauseSkipsWhatIsBehindAndAResumeBeginsAnew() {
    receiver.answer("/hook", Answer.status(500));
    Subscription ordered = ordered(MUCH_LATER);
    String head = publish("a");
    String behind = publish("a");
    journal.awaitStatus("retrying", head, ordered.id());
    journal.awaitStatus("pending", behind, ordered.id());

    subscriptions.set(ordered, SubscriptionStatus.PAUSED);
    journal.awaitStatus("skipped", head, ordered.id());
    assertThat(journal.awaitStatus("skipped", behind, ordered.id()).reason()).contains("paused");
    subscriptions.set(ordered, SubscriptionStatus.ACTIVE);
    receiver.answer("/hook", Answer.ok());
    String next = publish("a");

    journal.awaitStatus("delivered", next, ordered.id());
    assertThat(ids("a")).containsExactly(head, next);
  }

  @Test
  void withoutTheOrderWhatWasBehindGoesAtOnce() {
    receiver.decide("/hook", request -> Answer.status(isFirst(request) ? 500 : 200));
    Subscription ordered = ordered(MUCH_LATER);
    String head = publish("a");
    String behind = publish("a");
    journal.awaitStatus("retrying", head, ordered.id());
    journal.awaitStatus("pending", behind, ordered.id());

    subscriptions.restrict(ordered, null, false, null);
    String next = publish("a");

    journal.awaitStatus("delivered", next, ordered.id());
    journal.awaitStatus("delivered", behind, ordered.id());
    assertThat(journal.delivery(head, ordered.id()).orElseThrow().status()).isEqualTo("retrying");
  }

  @Test
  void whatHasNoKeyIsHeldUpByNothing() {
    receiver.answer("/hook", Answer.status(500));
    Subscription ordered = ordered(MUCH_LATER);

    List<String> published = List.of(publish(null), publish(null));

    for (String one : published) {
      journal.awaitStatus("retrying", one, ordered.id());
    }
  }

  @Test
  void aReplicaThatDiedBeforeItSaidSoLeavesNoLineWaiting(@Autowired JdbcClient jdbc) {
    receiver.answerInTurn("/hook", Answer.status(500), Answer.ok());
    Subscription ordered = ordered(MUCH_LATER);
    String head = publish("a");
    String behind = publish("a");
    journal.awaitStatus("retrying", head, ordered.id());
    journal.awaitStatus("pending", behind, ordered.id());

    // As if the head had been settled by a replica that was killed right after its commit.
    jdbc.sql("delete from parked where event_id = ?").param(head).update();

    journal.awaitStatus("delivered", behind, ordered.id());
  }

  private String publish(String key) {
    String id = events.publish("order.paid", key, "{\"key\":\"" + key + "\"}").id();
    published.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
    return id;
  }

  private List<String> publishedFor(String key) {
    return published.get(key);
  }

  private Subscription ordered(Duration... retries) {
    Subscription added = subscriptions.add(tenant, receiver.url("/hook"), "order.paid", retries);
    return subscriptions.restrict(added, null, true, null);
  }

  private List<String> ids(String key) {
    return receiver.requests("/hook").stream()
        .filter(request -> isOf(request, key))
        .map(OrderedTest::id)
        .toList();
  }

  private boolean isFirst(ReceivedRequest request) {
    return id(request).equals(id(receiver.requests("/hook").getFirst()));
  }

  private static boolean isOf(ReceivedRequest request, String key) {
    return request.text().contains("{\"key\":\"" + key + "\"}");
  }

  private static String id(ReceivedRequest request) {
    return request.header("webhook-id").orElseThrow();
  }
}

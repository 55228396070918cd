package dev.anton.dispatcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Tenant;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one tenant notices of another that has far more to deliver. */
@EngineTest
class FairnessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MUCH_LATER = Duration.ofHours(1);
  private static final int MANY = 10_000;

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant busy = TestEvents.freshTenant();
  private final Tenant quiet = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final JdbcClient jdbc;
  private final JournalView journal;

  @Autowired
  FairnessTest(TestSubscriptions subscriptions, JdbcClient jdbc) {
    this.subscriptions = subscriptions;
    this.jdbc = jdbc;
    this.journal = new JournalView(jdbc);
  }

  @AfterEach
  void close() {
    // What is being settled right now goes by itself.
    jdbc.sql(
            """
            delete from parked where delivery_id in (
                   select delivery_id from parked where tenant = ? for update skip locked)
            """)
        .param(busy.id())
        .update();
    receiver.close();
  }

  @Test
  void endpointsThatHangDelayNoOtherTenantsDeliveries(KafkaBackend kafka) {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      receiver.answer("/hangs/" + i, Answer.after(never, Answer.ok()));
      subscriptions.add(busy, receiver.url("/hangs/" + i), "order.paid", MUCH_LATER);
    }
    Subscription works = subscriptions.add(quiet, receiver.url("/works"), "order.paid");
    TestEvents flood = new TestEvents(kafka, busy);
    TestEvents events = new TestEvents(kafka, quiet);

    for (int i = 0; i < 50; i++) {
      flood.publish("order.paid", "k" + i, "{}");
      String id = events.publish("order.paid", "k" + i, "{}").id();
      JournalView.Row row = journal.awaitStatus("delivered", id, works.id());
      assertThat(row.attempts()).isEqualTo(1);
      assertThat(row.reason()).as("it was not parked").isNull();
    }

    never.countDown();
  }

  @Test
  void whoHasManyDueDelaysNeitherAnothersRetriesNorItsFirstAttempts(KafkaBackend kafka) {
    receiver.answerInTurn("/busy", Answer.status(500), Answer.ok());
    receiver.answerInTurn("/retried", Answer.status(500), Answer.ok());
    Subscription flooded = subscriptions.add(busy, receiver.url("/busy"), "order.paid", MUCH_LATER);
    Subscription retried =
        subscriptions.add(quiet, receiver.url("/retried"), "order.paid", MUCH_LATER);
    Subscription plain = subscriptions.add(quiet, receiver.url("/plain"), "order.sent");
    String waits = new TestEvents(kafka, busy).publish("order.paid", "k", "{}").id();
    String late = new TestEvents(kafka, quiet).publish("order.paid", "k", "{}").id();
    String parked = journal.awaitStatus("retrying", waits, flooded.id()).deliveryId();
    String retry = journal.awaitStatus("retrying", late, retried.id()).deliveryId();

    multiply(parked);
    jdbc.sql("update parked set due_at = now() where delivery_id = ?").param(retry).update();
    String fresh = new TestEvents(kafka, quiet).publish("order.sent", "k", "{}").id();
    journal.awaitStatus("delivered", late, retried.id());
    journal.awaitStatus("delivered", fresh, plain.id());

    assertThat(journal.deliveriesIn("parked", flooded.id())).isGreaterThan(MANY / 10);
    await().atMost(PATIENCE).until(() -> !receiver.requests("/busy").isEmpty());
  }

  /** Makes many of one parked delivery, all of them due for longer than anything else. */
  private void multiply(String delivery) {
    jdbc.sql(
            """
            insert into parked
            select (jsonb_populate_record(p, jsonb_build_object(
                      'delivery_id', p.delivery_id || '_' || n,
                      'due_at', now() - interval '1 hour'))).*
              from parked p, generate_series(1, :many) n
             where p.delivery_id = :delivery
            """)
        .param("many", MANY)
        .param("delivery", delivery)
        .update();
  }
}

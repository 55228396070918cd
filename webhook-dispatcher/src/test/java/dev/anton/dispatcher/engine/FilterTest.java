package dev.anton.dispatcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of events whose subscriptions have filters. */
@EngineTest
class FilterTest {

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant tenant = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final MeterRegistry meters;
  private final JdbcClient jdbc;
  private final JournalView journal;

  @Autowired
  FilterTest(TestSubscriptions subscriptions, MeterRegistry meters, JdbcClient jdbc) {
    this.subscriptions = subscriptions;
    this.meters = meters;
    this.jdbc = jdbc;
    this.journal = new JournalView(jdbc);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aFilterDecidesWhetherThereIsADelivery(KafkaBackend kafka) {
    Subscription all = subscriptions.add(tenant, receiver.url("/all"), "order.paid");
    Subscription large =
        subscriptions.restrict(
            subscriptions.add(tenant, receiver.url("/large"), "order.paid"),
            "data.amount > 100",
            false,
            null);
    TestEvents events = new TestEvents(kafka, tenant);

    EventRecord small = events.publish("order.paid", "k", "{\"amount\": 5}");
    EventRecord big = events.publish("order.paid", "k", "{\"amount\": 500}");

    journal.awaitStatus("delivered", big.id(), large.id());
    journal.awaitStatus("delivered", small.id(), all.id());
    assertThat(journal.delivery(small.id(), large.id())).isEmpty();
    assertThat(receiver.requests("/large")).hasSize(1);
    assertThat(receiver.requests("/all")).hasSize(2);
    assertThat(matched(small)).isEqualTo("1 matched, 1 filtered");
    assertThat(matched(big)).isEqualTo("2 matched, 0 filtered");
  }

  @Test
  void aFilterThatFailsIsRecordedAsSkippedAndCounted(KafkaBackend kafka) {
    Subscription large =
        subscriptions.restrict(
            subscriptions.add(tenant, receiver.url("/large"), "order.paid"),
            "data.amount > 100",
            false,
            null);
    double before = failures();

    EventRecord event = new TestEvents(kafka, tenant).publish("order.paid", "k", "{}");

    JournalView.Row row = journal.awaitStatus("skipped", event.id(), large.id());
    assertThat(row.reason()).startsWith("the filter failed: ").contains("amount");
    assertThat(row.attempts()).isZero();
    assertThat(matched(event)).isEqualTo("1 matched, 0 filtered");
    assertThat(receiver.requests("/large")).isEmpty();
    assertThat(failures()).isEqualTo(before + 1);
  }

  private double failures() {
    return meters.counter("anton.filters", "result", "error").count();
  }

  private String matched(EventRecord event) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                jdbc.sql(
                        """
                        select coalesce(max(matched || ' matched, ' || filtered || ' filtered'), '')
                          from events where event_id = ?
                        """)
                    .param(event.id())
                    .query(String.class)
                    .single(),
            text -> !text.isEmpty());
  }
}

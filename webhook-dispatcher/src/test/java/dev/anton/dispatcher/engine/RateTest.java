package dev.anton.dispatcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.id.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A subscription's rate, as its endpoint sees it. */
@EngineTest
class RateTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int RATE = 20;

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant tenant = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final MeterRegistry meters;
  private final JournalView journal;

  @Autowired
  RateTest(TestSubscriptions subscriptions, MeterRegistry meters, JdbcClient jdbc) {
    this.subscriptions = subscriptions;
    this.meters = meters;
    this.journal = new JournalView(jdbc);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void deliveriesArriveNoFasterAndNotMuchSlower(KafkaBackend kafka) {
    Subscription plain = subscriptions.add(tenant, receiver.url("/"), "order.paid");
    Subscription limited = subscriptions.restrict(plain, null, false, RATE);
    TestEvents events = new TestEvents(kafka, tenant);
    for (int i = 0; i < 80; i++) {
      events.publish("order.paid", "k" + i, "{}");
    }

    await().atMost(PATIENCE).until(() -> journal.deliveries(limited.id(), "delivered") == 80);

    assertThat(receiver.requests("/")).hasSize(80);
    // When attempts began: when they arrive is up to the threads of this test, too.
    List<Instant> times =
        journal.lastAttempts(limited.id()).stream().map(OffsetDateTime::toInstant).toList();
    assertThat(times).hasSize(80);
    assertThat(mostWithin(Duration.ofSeconds(1), times)).isLessThanOrEqualTo(RATE + RATE / 10 + 2);
    Duration took = Duration.between(times.getFirst(), times.getLast());
    assertThat(took).isBetween(Duration.ofMillis(3_600), Duration.ofMillis(5_500));
    assertThat(receiver.requests("/"))
        .extracting(request -> request.header("X-Anton-Attempt").orElseThrow())
        .containsOnly("1");
    assertThat(meters.get("anton.lanes.turned.away").tag("reason", "over-rate").counter().count())
        .isPositive();
    assertThat(meters.get("anton.rate.tokens").tag("result", "granted").counter().count())
        .isGreaterThanOrEqualTo(80);

    subscriptions.restrict(limited, null, false, 1_000);
    for (int i = 0; i < 80; i++) {
      events.publish("order.paid", "k" + i, "{}");
    }
    Instant published = Instant.now();
    await().atMost(PATIENCE).until(() -> journal.deliveries(limited.id(), "delivered") == 160);
    assertThat(Duration.between(published, Instant.now())).isLessThan(Duration.ofMillis(3_600));
  }

  @Test
  void theFirstDeliveryAfterARestHardlyWaits(KafkaBackend kafka) {
    Subscription plain = subscriptions.add(tenant, receiver.url("/"), "order.paid");
    Subscription limited = subscriptions.restrict(plain, null, false, 1);

    String id = new TestEvents(kafka, tenant).publish("order.paid", "k", "{}").id();

    JournalView.Row row = journal.awaitStatus("delivered", id, limited.id());
    assertThat(row.reason()).as("it was not parked").isNull();
  }

  @Test
  void anOrderedSubscriptionKeepsToItsRateAndItsOrder(KafkaBackend kafka) {
    Subscription plain = subscriptions.add(tenant, receiver.url("/"), "order.paid");
    Subscription limited = subscriptions.restrict(plain, null, true, RATE);
    TestEvents events = new TestEvents(kafka, tenant);
    List<String> ofOneKey = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String id = events.publish("order.paid", "k" + i % 4, "{}").id();
      if (i % 4 == 0) {
        ofOneKey.add(id);
      }
    }

    await().atMost(PATIENCE).until(() -> journal.deliveries(limited.id(), "delivered") == 40);

    List<String> arrived =
        receiver.requests("/").stream()
            .map(request -> request.header("webhook-id").orElseThrow())
            .toList();
    assertThat(arrived).hasSize(40).containsSubsequence(ofOneKey);
    List<Instant> times =
        journal.lastAttempts(limited.id()).stream().map(OffsetDateTime::toInstant).toList();
    assertThat(mostWithin(Duration.ofSeconds(1), times)).isLessThanOrEqualTo(RATE + RATE / 10 + 2);
  }

  private static long mostWithin(Duration window, List<Instant> times) {
    return times.stream()
        .mapToLong(
            from ->
                times.stream()
                    .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(window)))
                    .count())
        .max()
        .orElse(0);
  }
}

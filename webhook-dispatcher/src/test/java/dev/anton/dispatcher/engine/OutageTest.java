package dev.anton.dispatcher.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** While the journal cannot be written nothing advances, and afterwards all goes on by itself. */
@EngineTest
class OutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant tenant = TestEvents.freshTenant();
  private final TestSubscriptions subscriptions;
  private final JournalView journal;
  private final MeterRegistry meters;
  private final String group;

  @Autowired
  OutageTest(
      TestSubscriptions subscriptions,
      JdbcClient jdbc,
      MeterRegistry meters,
      @Value("${spring.kafka.consumer.group-id}") String group) {
    this.subscriptions = subscriptions;
    this.journal = new JournalView(jdbc);
    this.meters = meters;
    this.group = group;
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void offsetsAreCommittedOnlyAfterTheJournal(KafkaBackend kafka, PostgresBackend postgres)
      throws SQLException {
    Subscription subscription = subscriptions.add(tenant, receiver.url("/"), "order.paid");
    TestEvents events = new TestEvents(kafka, tenant);
    CommittedOffsets offsets = new CommittedOffsets(kafka, group);
    EventRecord first = events.publish("order.paid", "k", "{}");
    journal.awaitStatus("delivered", first.id(), subscription.id());

    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table deliveries in access exclusive mode");
      EventRecord second = events.event("order.paid", "k", "{}");
      RecordMetadata place = events.send(second);
      TopicPartition partition = new TopicPartition(place.topic(), place.partition());
      await().atMost(PATIENCE).until(() -> receiver.requests("/").size() == 2);
      // Commits of other partitions pass meanwhile, so that there was time to commit wrongly.
      await().during(Duration.ofMillis(500)).until(() -> offsets.of(partition) <= place.offset());

      connection.rollback();

      journal.awaitStatus("delivered", second.id(), subscription.id());
      await().atMost(PATIENCE).until(() -> offsets.of(partition) == place.offset() + 1);
    }
  }

  @Test
  void aDatabaseThatRefusesWritesStopsTheIntakeAndLosesNothing(
      KafkaBackend kafka, PostgresBackend postgres) throws SQLException {
    Subscription subscription = subscriptions.add(tenant, receiver.url("/"), "order.paid");
    TestEvents events = new TestEvents(kafka, tenant);
    events.publish("order.paid", "k", "{}");
    await().atMost(PATIENCE).until(() -> receiver.requests("/").size() == 1);

    Set<String> published = new HashSet<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table deliveries rename to deliveries_away");
      for (int i = 0; i < 200; i++) {
        published.add(events.publish("order.paid", "k" + i, "{}").id());
      }
      await().atMost(PATIENCE).until(() -> receiver.requests("/").size() > 1);
      assertThat(journal.deliveriesIn("deliveries_away", subscription.id())).isLessThan(200);

      statement.execute("alter table deliveries_away rename to deliveries");
    }

    await().atMost(PATIENCE).until(() -> journal.deliveries(subscription.id(), "delivered") == 201);
    assertThat(receiver.requests("/"))
        .extracting(OutageTest::id)
        .containsAll(published)
        .doesNotHaveDuplicates();
  }

  @Test
  void aRowThatTheDatabaseRefusesIsPutAsideAndHoldsNoOther(
      KafkaBackend kafka, PostgresBackend postgres) throws SQLException {
    Subscription subscription = subscriptions.add(tenant, receiver.url("/"), "order.paid");
    subscriptions.add(tenant, receiver.url("/poison"), "poison.row");
    TestEvents events = new TestEvents(kafka, tenant);
    CommittedOffsets offsets = new CommittedOffsets(kafka, group);
    double before = meters.get("anton.journal.refused").counter().count();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        TopicRecording aside = kafka.record(Topics.UNDECODABLE)) {
      statement.execute(
          "alter table deliveries add constraint poison check (event_type <> 'poison.row')");
      EventRecord poison = events.event("poison.row", "k", "{}");
      for (int i = 0; i < 10; i++) {
        events.publish("order.paid", "k", "{}");
      }
      events.send(poison);
      for (int i = 0; i < 9; i++) {
        events.publish("order.paid", "k", "{}");
      }
      RecordMetadata last = events.send(events.event("order.paid", "k", "{}"));

      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  offsets.of(new TopicPartition(last.topic(), last.partition()))
                      == last.offset() + 1);
      assertThat(journal.deliveries(subscription.id(), "delivered")).isEqualTo(20);
      assertThat(aside.recordsOf("k"))
          .filteredOn(record -> header(record, "ce_id").equals(poison.id()))
          .singleElement()
          .satisfies(
              record ->
                  assertThat(header(record, "undecodable_reason"))
                      .contains("The journal refuses", "23514"));
      assertThat(meters.get("anton.journal.refused").counter().count()).isEqualTo(before + 1);
      statement.execute("alter table deliveries drop constraint poison");
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static String id(ReceivedRequest request) {
    return request.header("webhook-id").orElseThrow();
  }
}

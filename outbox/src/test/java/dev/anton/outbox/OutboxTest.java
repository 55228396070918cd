package dev.anton.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.lease.LeaseTable;
import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@BackendsTest(role = "planner")
class OutboxTest {

  private static final String TOPIC = Topics.LIFECYCLE_EVENTS;

  private final KafkaBackend kafka;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final List<OutboxRelay> relays = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String run = UUID.randomUUID().toString();
  private final Outbox outbox;

  OutboxTest(PostgresBackend postgres, KafkaBackend kafka) {
    this.kafka = kafka;
    Flyway.configure().dataSource(postgres.dataSource()).load().migrate();
    DataSource source = postgres.dataSource();
    this.jdbc = new JdbcTemplate(source);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
    this.outbox = new JdbcOutbox(jdbc, () -> relays.forEach(OutboxRelay::wake));
  }

  @BeforeEach
  void emptyTheTable() {
    kafka.createTopics(Topics.definitions());
    jdbc.update("TRUNCATE outbox_records");
    jdbc.update("UPDATE outbox_lanes SET lease_owner = NULL, lease_until = NULL");
  }

  @AfterEach
  void stopRelays() {
    relays.forEach(OutboxRelay::stop);
  }

  @Test
  void whatCommitsReachesKafkaAsItIs() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      start("a");
      ProducerRecord<String, byte[]> record = record("k", 1);
      record.headers().add("ce_type", "plan.started".getBytes(UTF_8));
      commit(List.of(record));

      ConsumerRecord<String, byte[]> arrived = awaitRecords(recording, "k", 1).getFirst();

      assertThat(new String(arrived.value(), UTF_8)).isEqualTo("1");
      assertThat(new String(arrived.headers().lastHeader("ce_type").value(), UTF_8))
          .isEqualTo("plan.started");
      await().untilAsserted(() -> assertThat(waiting()).isZero());
      assertThat(meters.get("anton.outbox.sent").counter().count()).isEqualTo(1);
    }
  }

  @Test
  void whatRollsBackIsNeverSent() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      start("a");
      transactions.executeWithoutResult(
          status -> {
            outbox.append(record("k", 1));
            status.setRollbackOnly();
          });
      commit(List.of(record("k", 2)));

      assertThat(values(awaitRecords(recording, "k", 1))).containsExactly(2);
    }
  }

  @Test
  void appendingNeedsATransaction() {
    assertThatThrownBy(() -> outbox.append(record("k", 1)))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void aRecordOfNobodyIsRefused() {
    ProducerRecord<String, byte[]> record = record("k", 1);
    record.headers().remove("ce_tenant");

    assertThatThrownBy(() -> commit(List.of(record)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ce_tenant");
  }

  @Test
  void aRecordThatIsTooLargeIsRefusedAndTheTransactionWithIt() {
    ProducerRecord<String, byte[]> large =
        new ProducerRecord<>(TOPIC, key("k"), new byte[Outbox.MAX_VALUE_BYTES + 1]);

    assertThatThrownBy(() -> commit(List.of(record("k", 1), large)))
        .isInstanceOf(RecordTooLargeException.class)
        .hasMessageContaining("262144");
    assertThat(waiting()).isZero();
  }

  @Test
  void recordsOfEachKeyArriveInTheirOrder() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      start("a");
      for (int round = 0; round < 40; round++) {
        int number = round;
        commit(IntStream.range(0, 25).mapToObj(key -> record("k" + key, number)).toList());
      }

      for (int key = 0; key < 25; key++) {
        assertThat(values(awaitRecords(recording, "k" + key, 40)))
            .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
      }
    }
  }

  @Test
  void whatWasCommittedBeforeACrashIsSentByTheNextRelay() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      commit(List.of(record("k", 1), record("k", 2)));

      start("b");

      assertThat(values(awaitRecords(recording, "k", 2))).containsExactly(1, 2);
    }
  }

  @Test
  void aRelayWhoseLeasesRanOutIsReplaced() {
    jdbc.update(
        "UPDATE outbox_lanes SET lease_owner = 'dead', lease_until = now() + interval '1 second'");
    try (TopicRecording recording = kafka.record(TOPIC)) {
      commit(List.of(record("k", 1)));
      start("b");

      assertThat(values(awaitRecords(recording, "k", 1))).containsExactly(1);
      assertThat(
              jdbc.queryForObject(
                  "SELECT count(*) FROM outbox_lanes WHERE lease_owner = 'b'", Integer.class))
          .isEqualTo(OutboxLane.count());
    }
  }

  @Test
  void aRelayThatStoodStillForLongerThanItsLeasesSendsNothingOfWhatItHadRead() throws Exception {
    StandingStill database = new StandingStill(Objects.requireNonNull(jdbc.getDataSource()));
    try (TopicRecording recording = kafka.record(TOPIC)) {
      commit(List.of(record("k", 1)));
      start("a", JdbcClient.create(database));
      database.awaitRead();
      start("b");
      awaitRecords(recording, "k", 1);
      await().untilAsserted(() -> assertThat(waiting()).isZero());

      database.wakeUp();
      relays.getLast().stop(); // its lanes are free again: the other sends what comes now
      commit(List.of(record("k", 2)));

      assertThat(values(awaitRecords(recording, "k", 2))).containsExactly(1, 2);
    } finally {
      database.wakeUp();
    }
  }

  @Test
  void twoRelaysSendNothingTwice() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      start("a");
      start("b");
      for (int number = 0; number < 200; number++) {
        commit(List.of(record("k" + number % 10, number)));
      }

      await().untilAsserted(() -> assertThat(waiting()).isZero());
      assertThat(recording.records(record -> record.key().endsWith(run))).hasSize(200);
    }
  }

  @Test
  void aBlockedRecordHoldsItsKeyAndNothingElse() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      commit(List.of(record("held", 1), record("held", 2), record("free", 3)));
      jdbc.update(
          "UPDATE outbox_records SET blocked_reason = 'x' WHERE record_key = ? AND value = '1'",
          key("held"));
      start("a");

      assertThat(values(awaitRecords(recording, "free", 1))).containsExactly(3);
      assertThat(waiting()).isEqualTo(2);
      assertThat(recording.recordsOf(key("held"))).isEmpty();
    }
  }

  @Test
  void theRelayGoesOnAfterTheDatabaseEndedItsSessions() {
    try (TopicRecording recording = kafka.record(TOPIC)) {
      start("a");
      commit(List.of(record("k", 1)));
      awaitRecords(recording, "k", 1);

      jdbc.update("ALTER TABLE outbox_records RENAME TO outbox_records_away");
      await()
          .untilAsserted(
              () ->
                  assertThat(meters.get("anton.outbox.failures").counter().count())
                      .isGreaterThan(0));
      jdbc.update("ALTER TABLE outbox_records_away RENAME TO outbox_records");
      commit(List.of(record("k", 2)));

      assertThat(values(awaitRecords(recording, "k", 2))).containsExactly(1, 2);
    }
  }

  private void start(String owner) {
    start(owner, JdbcClient.create(jdbc));
  }

  private void start(String owner, JdbcClient client) {
    OutboxProperties properties =
        new OutboxProperties(100, Duration.ofMillis(50), Duration.ofSeconds(3));
    OutboxRelay relay =
        new OutboxRelay(
            new PendingRecords(client),
            new LeaseTable(
                client,
                new LeaseTable.Spec(
                    "outbox_lanes", "lane", "true", "lane", owner, properties.leaseDuration())),
            kafka::producer,
            properties,
            new RelayMetrics(meters, Clock.systemUTC()));
    relays.add(relay);
    relay.start();
  }

  private void commit(List<ProducerRecord<String, byte[]>> records) {
    transactions.executeWithoutResult(status -> outbox.append(records));
  }

  private ProducerRecord<String, byte[]> record(String key, int number) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(TOPIC, key(key), Integer.toString(number).getBytes(UTF_8));
    record.headers().add("ce_tenant", "acme".getBytes(UTF_8));
    return record;
  }

  /** Other tests write to the same topic. */
  private String key(String name) {
    return name + "-" + run;
  }

  private List<ConsumerRecord<String, byte[]>> awaitRecords(
      TopicRecording recording, String key, int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(recording.recordsOf(key(key))).hasSize(count));
    return recording.recordsOf(key(key));
  }

  private static List<Integer> values(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(record -> Integer.valueOf(new String(record.value(), UTF_8)))
        .toList();
  }

  private int waiting() {
    Map<String, Object> row = jdbc.queryForMap("SELECT count(*) AS n FROM outbox_records");
    return ((Number) row.get("n")).intValue();
  }
}

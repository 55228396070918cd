package dev.anton.dispatcher.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A batch that is written once, twice, or against what another replica wrote. */
@BackendsTest(role = "dispatcher")
class JournalTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final JournalSettings SETTINGS =
      new JournalSettings(100, Duration.ofMillis(1), Duration.ofDays(30), 2, Duration.ofHours(1));

  private DataSource dataSource;
  private JdbcClient jdbc;
  private JournalTransaction transaction;
  private final InboundEvent inbound = inbound(NOW);
  private final Delivery delivery = Delivery.first("wh_1", inbound, NOW);

  @BeforeEach
  void migrate(PostgresBackend postgres) {
    dataSource = postgres.dataSource();
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration/journal")
        .load()
        .migrate();
    jdbc = JdbcClient.create(dataSource);
    jdbc.sql("truncate events, deliveries, attempts, parked").update();
    transaction = new JournalTransaction(dataSource, JournalTransaction.TIMEOUT);
  }

  @Test
  void aBatchIsWrittenAsAWhole() throws SQLException {
    transaction.write(
        batch(
            new JournalEntry.Seen(inbound, 2, 0, Receipt.NONE),
            new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE),
            new JournalEntry.Parked(
                Delivery.first("wh_2", inbound, NOW),
                failed(1),
                Parking.due(NOW.plusSeconds(5), "no"),
                Receipt.NONE)));

    assertThat(status(delivery)).isEqualTo("delivered");
    assertThat(count("events")).isEqualTo(1);
    assertThat(count("deliveries")).isEqualTo(2);
    assertThat(count("parked")).isEqualTo(1);
    assertThat(count("delivery_attempts")).isEqualTo(2);
  }

  @Test
  void aBatchWhoseCommitIsUnknownCanBeWrittenAgain() throws SQLException {
    Delivery parked = Delivery.first("wh_2", inbound, NOW);
    JournalBatch batch =
        batch(
            new JournalEntry.Seen(inbound, 2, 0, Receipt.NONE),
            new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE),
            new JournalEntry.Parked(
                parked, failed(1), Parking.due(NOW.plusSeconds(5), "no"), Receipt.NONE));
    transaction.write(batch);

    assertThatThrownBy(() -> transaction.write(batch)).isInstanceOf(SQLException.class);
    transaction.writeAgain(batch);
    transaction.writeAgain(batch);

    assertThat(count("events")).isEqualTo(1);
    assertThat(count("deliveries")).isEqualTo(2);
    assertThat(count("parked")).isEqualTo(1);
    assertThat(count("delivery_attempts")).isEqualTo(2);
    assertThat(status(parked)).isEqualTo("retrying");
  }

  @Test
  void whoIsFrozenInTheMiddleOfABatchHoldsUpNobodyForLong() throws Exception {
    JournalBatch batch =
        batch(
            new JournalEntry.Seen(inbound, 1, 0, Receipt.NONE),
            new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE));
    CountDownLatch awake = new CountDownLatch(1);
    FrozenAtCommit frozen = new FrozenAtCommit(dataSource, awake);
    JournalTransaction bounded = new JournalTransaction(frozen, Duration.ofMillis(500));
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> zombie =
          other.submit(
              () -> {
                bounded.write(batch);
                return null;
              });
      frozen.awaitCommit();

      transaction.writeAgain(batch); // Its rows have the same keys: it waits for the other's end.
      awake.countDown();

      assertThatThrownBy(zombie::get).hasCauseInstanceOf(SQLException.class);
    }
    assertThat(status(delivery)).isEqualTo("delivered");
    assertThat(count("events")).isEqualTo(1);
  }

  @Test
  void deliveredBeatsParkedWhoeverCameFirst() throws SQLException {
    Delivery elsewhere = Delivery.first("wh_1", inbound, NOW);
    transaction.write(
        batch(new JournalEntry.Parked(elsewhere, failed(1), Parking.due(NOW, "no"), Receipt.NONE)));

    transaction.writeAgain(
        batch(new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE)));
    transaction.writeAgain(
        batch(
            new JournalEntry.Parked(
                Delivery.first("wh_1", inbound, NOW),
                failed(1),
                Parking.due(NOW, "no"),
                Receipt.NONE)));

    assertThat(status(elsewhere)).isEqualTo("delivered");
    assertThat(count("deliveries")).isEqualTo(1);
    assertThat(count("parked")).isZero();
  }

  @Test
  void oneBatchMayHoldARecordThatWasPublishedTwice() throws SQLException {
    JournalBatch batch =
        batch(
            new JournalEntry.Seen(inbound, 1, 0, Receipt.NONE),
            new JournalEntry.Seen(inbound, 1, 0, Receipt.NONE),
            new JournalEntry.Parked(
                Delivery.first("wh_1", inbound, NOW),
                failed(1),
                Parking.due(NOW, "no"),
                Receipt.NONE),
            new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE));

    transaction.writeAgain(batch);

    assertThat(count("events")).isEqualTo(1);
    assertThat(count("deliveries")).isEqualTo(1);
    assertThat(count("parked")).isZero();
    assertThat(status(delivery)).isEqualTo("delivered");
  }

  @Test
  void aSlowAttemptIsParkedAndSettledInOneBatch() throws SQLException {
    Delivery leased = delivery.leased(Parking.FIRST_TOKEN);

    transaction.write(
        batch(
            new JournalEntry.Parked(
                delivery, null, Parking.leased(NOW.plusSeconds(30), "me"), Receipt.NONE),
            new JournalEntry.Delivered(leased, delivered(1), Receipt.NONE)));

    assertThat(status(delivery)).isEqualTo("delivered");
    assertThat(count("parked")).isZero();
    assertThat(count("delivery_attempts")).isEqualTo(1);
  }

  @Test
  void aReplicaThatLostItsLeaseChangesNothingUnlessItDelivered() throws SQLException {
    transaction.write(
        batch(new JournalEntry.Parked(delivery, failed(1), Parking.due(NOW, "no"), Receipt.NONE)));
    jdbc.sql("update parked set fencing_token = 7").update();
    Delivery stale = second(delivery).leased(6);

    transaction.write(
        batch(
            new JournalEntry.ParkedAgain(
                stale, failed(2), Parking.due(NOW.plusSeconds(60), "no"), Receipt.NONE)));
    transaction.write(
        batch(new JournalEntry.Skipped(stale, null, "the subscription is paused", Receipt.NONE)));
    assertThat(status(delivery)).isEqualTo("retrying");
    assertThat(jdbc.sql("select attempts from parked").query(Integer.class).single()).isEqualTo(1);

    transaction.writeAgain(batch(new JournalEntry.Delivered(stale, delivered(2), Receipt.NONE)));
    assertThat(status(delivery)).isEqualTo("delivered");
    assertThat(count("parked")).isZero();
  }

  @Test
  void theHolderOfTheLeaseParksSkipsAndBuries() throws SQLException {
    transaction.write(
        batch(new JournalEntry.Parked(delivery, failed(1), Parking.due(NOW, "no"), Receipt.NONE)));
    jdbc.sql("update parked set fencing_token = 7").update();
    Delivery mine = second(delivery).leased(7);

    transaction.write(
        batch(
            new JournalEntry.ParkedAgain(
                mine, failed(2), Parking.exhausted(NOW, "dl_1", "no"), Receipt.NONE)));
    assertThat(jdbc.sql("select state from parked").query(String.class).single())
        .isEqualTo("exhausted");

    transaction.write(batch(new JournalEntry.Dead(mine, "dl_1", 3, 42, "no", Receipt.NONE)));

    assertThat(status(delivery)).isEqualTo("dead");
    assertThat(count("parked")).isZero();
    assertThat(jdbc.sql("select * from deliveries").query().singleRow())
        .containsEntry("dead_letter_id", "dl_1")
        .containsEntry("dead_letter_partition", 3)
        .containsEntry("dead_letter_offset", 42L)
        .containsEntry("last_outcome", "connection_failed");
  }

  @Test
  void knowsWhatWasDeliveredAlready() throws SQLException {
    transaction.write(
        batch(new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE)));

    Map<String, Set<String>> found =
        new JournaledDeliveries(dataSource).find(List.of(inbound, inbound(NOW)));

    assertThat(found).isEqualTo(Map.of(inbound.event().id(), Set.of("wh_1")));
  }

  @Test
  void partitionsAreMadeAheadAndDroppedBehindAndTakeTheirRowsAlong() throws SQLException {
    LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    InboundEvent ancient = inbound(NOW.minus(Duration.ofDays(31)));
    transaction.write(
        batch(
            new JournalEntry.Seen(inbound, 0, 0, Receipt.NONE),
            new JournalEntry.Seen(ancient, 0, 0, Receipt.NONE)));
    jdbc.sql(
            "create table events_20261001 partition of events"
                + " for values from ('2026-10-01 00:00:00+00') to ('2026-10-02 00:00:00+00')")
        .update();

    new DayPartitions(dataSource, SETTINGS, CLOCK).maintain();
    new DayPartitions(dataSource, SETTINGS, CLOCK).maintain();

    assertThat(
            jdbc.sql(
                    "select inhrelid::regclass::text from pg_inherits"
                        + " where inhparent = 'events'::regclass order by 1")
                .query(String.class)
                .list())
        .containsExactly(
            "events_20261121",
            "events_20261122",
            "events_20261123",
            "events_20261124",
            "events_default");
    assertThat(today).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(count("events_20261122")).isEqualTo(1);
    assertThat(count("events")).isEqualTo(1);
  }

  private static JournalBatch batch(JournalEntry... entries) {
    JournalBatch batch = new JournalBatch();
    batch.fill(List.of(entries), NOW);
    return batch;
  }

  private static Delivery second(Delivery first) {
    return new Delivery(
        first.id(), first.subscriptionId(), first.inbound(), "", 1, 0, first.createdAt());
  }

  private static Attempt delivered(int number) {
    return new Attempt(
        number, NOW, Duration.ofMillis(3), new Outcome.Delivered(200, "thank\tyou\0"));
  }

  private static Attempt failed(int number) {
    return new Attempt(
        number, NOW, Duration.ofMillis(3), new Outcome.ConnectionFailed("The connection broke"));
  }

  private static InboundEvent inbound(Instant time) {
    EventRecord event =
        new EventRecord(
            Ids.event(),
            "order.paid",
            "/test",
            time,
            null,
            Tenant.DEFAULT,
            "key",
            null,
            null,
            "{}".getBytes(UTF_8));
    return new InboundEvent(
        event,
        new RecordPosition("anton.custom.events", 0, 1),
        time,
        "key".getBytes(UTF_8),
        new RecordHeaders());
  }

  private String status(Delivery one) {
    return jdbc.sql("select status from deliveries where delivery_id = ?")
        .param(one.id())
        .query(String.class)
        .single();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }
}

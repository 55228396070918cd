package dev.anton.dispatcher.journal;

import static dev.anton.dispatcher.journal.JournalTables.NOW;
import static dev.anton.dispatcher.journal.JournalTables.batch;
import static dev.anton.dispatcher.journal.JournalTables.delivered;
import static dev.anton.dispatcher.journal.JournalTables.failed;
import static dev.anton.dispatcher.journal.JournalTables.inbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch that is written once, twice, or against what another replica wrote. */
@BackendsTest(role = "dispatcher")
class JournalTest {

  private JournalTables tables;
  private JournalTransaction transaction;
  private final InboundEvent inbound = inbound(NOW);
  private final Delivery delivery = Delivery.first("wh_1", inbound, NOW);

  @BeforeEach
  void empty(PostgresBackend postgres) {
    tables = new JournalTables(postgres);
    transaction = tables.transaction();
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

    assertThat(tables.status(delivery)).isEqualTo("delivered");
    assertThat(tables.count("events")).isEqualTo(1);
    assertThat(tables.count("deliveries")).isEqualTo(2);
    assertThat(tables.count("parked")).isEqualTo(1);
    assertThat(tables.count("delivery_attempts")).isEqualTo(2);
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

    assertThat(tables.count("events")).isEqualTo(1);
    assertThat(tables.count("deliveries")).isEqualTo(2);
    assertThat(tables.count("parked")).isEqualTo(1);
    assertThat(tables.count("delivery_attempts")).isEqualTo(2);
    assertThat(tables.status(parked)).isEqualTo("retrying");
  }

  @Test
  void whoIsFrozenInTheMiddleOfABatchHoldsUpNobodyForLong() throws Exception {
    JournalBatch batch =
        batch(
            new JournalEntry.Seen(inbound, 1, 0, Receipt.NONE),
            new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE));
    CountDownLatch awake = new CountDownLatch(1);
    FrozenAtCommit frozen = new FrozenAtCommit(tables.dataSource(), awake);
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
    assertThat(tables.status(delivery)).isEqualTo("delivered");
    assertThat(tables.count("events")).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void aBatchThatTakesTooLongIsWrittenInParts() throws InterruptedException {
    tables
        .jdbc()
        .sql(
            """
            create function many_are_slow() returns trigger language plpgsql as $$
            begin
              if (select count(*) from added) > 1 then perform pg_sleep(600); end if;
              return null;
            end $$;
            create trigger many_are_slow after insert on deliveries referencing new table as added
               for each statement execute function many_are_slow()
            """)
        .update();
    MeterRegistry meters = new SimpleMeterRegistry();
    BatchWriter writer =
        new BatchWriter(
            new JournalTransaction(tables.dataSource(), Duration.ofMillis(500)),
            new RefusedEntries(tables.dataSource(), null, meters), // nothing is to be put aside
            Clock.systemUTC(),
            meters);
    List<JournalEntry> entries =
        Stream.of("wh_1", "wh_2", "wh_3", "wh_4")
            .<JournalEntry>map(
                it ->
                    new JournalEntry.DeliveredAtOnce(
                        Delivery.first(it, inbound, NOW), delivered(1), Receipt.NONE))
            .toList();
    try {
      assertThat(writer.write(entries)).containsExactlyElementsOf(entries);
    } finally {
      tables.jdbc().sql("drop function many_are_slow cascade").update();
    }

    assertThat(tables.count("deliveries")).isEqualTo(4);
    assertThat(writer.isFailing()).isFalse();
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

    assertThat(tables.status(elsewhere)).isEqualTo("delivered");
    assertThat(tables.count("deliveries")).isEqualTo(1);
    assertThat(tables.count("parked")).isZero();
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

    assertThat(tables.count("events")).isEqualTo(1);
    assertThat(tables.count("deliveries")).isEqualTo(1);
    assertThat(tables.count("parked")).isZero();
    assertThat(tables.status(delivery)).isEqualTo("delivered");
  }

  @Test
  void knowsWhatWasDeliveredAlready() throws SQLException {
    transaction.write(
        batch(new JournalEntry.DeliveredAtOnce(delivery, delivered(1), Receipt.NONE)));

    Map<String, Set<String>> found =
        new JournaledDeliveries(tables.dataSource()).find(List.of(inbound, inbound(NOW)));

    assertThat(found).isEqualTo(Map.of(inbound.event().id(), Set.of("wh_1")));
  }
}

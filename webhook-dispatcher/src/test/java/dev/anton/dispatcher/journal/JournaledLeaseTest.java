package dev.anton.dispatcher.journal;

import static dev.anton.dispatcher.journal.JournalTables.NOW;
import static dev.anton.dispatcher.journal.JournalTables.batch;
import static dev.anton.dispatcher.journal.JournalTables.delivered;
import static dev.anton.dispatcher.journal.JournalTables.failed;
import static dev.anton.dispatcher.journal.JournalTables.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has the lease of a parked delivery writes what became of it, and nobody else. */
@BackendsTest(role = "dispatcher")
class JournaledLeaseTest {

  private JournalTables tables;
  private JournalTransaction transaction;
  private final Delivery delivery = Delivery.first("wh_1", inbound(NOW), NOW);

  @BeforeEach
  void empty(PostgresBackend postgres) {
    tables = new JournalTables(postgres);
    transaction = tables.transaction();
  }

  @Test
  void aSlowAttemptIsParkedAndSettledInOneBatch() throws SQLException {
    Delivery leased = delivery.leased(Parking.FIRST_TOKEN);

    transaction.write(
        batch(
            new JournalEntry.Parked(
                delivery, null, Parking.leased(NOW.plusSeconds(30), "me"), Receipt.NONE),
            new JournalEntry.Delivered(leased, delivered(1), Receipt.NONE)));

    assertThat(tables.status(delivery)).isEqualTo("delivered");
    assertThat(tables.count("parked")).isZero();
    assertThat(tables.count("delivery_attempts")).isEqualTo(1);
  }

  @Test
  void aReplicaThatLostItsLeaseChangesNothingUnlessItDelivered() throws SQLException {
    transaction.write(
        batch(new JournalEntry.Parked(delivery, failed(1), Parking.due(NOW, "no"), Receipt.NONE)));
    tables.jdbc().sql("update parked set fencing_token = 7").update();
    Delivery stale = second(delivery).leased(6);

    transaction.write(
        batch(
            new JournalEntry.ParkedAgain(
                stale, failed(2), Parking.due(NOW.plusSeconds(60), "no"), Receipt.NONE)));
    transaction.write(
        batch(new JournalEntry.Skipped(stale, null, "the subscription is paused", Receipt.NONE)));
    assertThat(tables.status(delivery)).isEqualTo("retrying");
    assertThat(tables.jdbc().sql("select attempts from parked").query(Integer.class).single())
        .isEqualTo(1);

    transaction.writeAgain(batch(new JournalEntry.Delivered(stale, delivered(2), Receipt.NONE)));
    assertThat(tables.status(delivery)).isEqualTo("delivered");
    assertThat(tables.count("parked")).isZero();
  }

  @Test
  void theHolderOfTheLeaseParksSkipsAndBuries() throws SQLException {
    transaction.write(
        batch(new JournalEntry.Parked(delivery, failed(1), Parking.due(NOW, "no"), Receipt.NONE)));
    tables.jdbc().sql("update parked set fencing_token = 7").update();
    Delivery mine = second(delivery).leased(7);

    transaction.write(
        batch(
            new JournalEntry.ParkedAgain(
                mine, failed(2), Parking.exhausted(NOW, "dl_1", "no"), Receipt.NONE)));
    assertThat(tables.jdbc().sql("select state from parked").query(String.class).single())
        .isEqualTo("exhausted");

    transaction.write(batch(new JournalEntry.Dead(mine, "dl_1", 3, 42, "no", Receipt.NONE)));

    assertThat(tables.status(delivery)).isEqualTo("dead");
    assertThat(tables.count("parked")).isZero();
    assertThat(tables.jdbc().sql("select * from deliveries").query().singleRow())
        .containsEntry("dead_letter_id", "dl_1")
        .containsEntry("dead_letter_partition", 3)
        .containsEntry("dead_letter_offset", 42L)
        .containsEntry("last_outcome", "connection_failed");
  }

  private static Delivery second(Delivery first) {
    return new Delivery(
        first.id(), first.subscriptionId(), first.inbound(), "", 1, 0, first.createdAt());
  }
}

package dev.anton.dispatcher.journal;

import static dev.anton.dispatcher.journal.JournalTables.NOW;
import static dev.anton.dispatcher.journal.JournalTables.inbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What somebody asks for is made in their transaction, and its turn comes after that. */
@BackendsTest(role = "dispatcher")
class RequestedDeliveriesTest {

  private final List<String> told = new ArrayList<>();
  private final Delivery first = Delivery.first("wh_1", inbound(NOW), NOW).inLine();
  private final Delivery second = Delivery.first("wh_1", inbound(NOW), NOW).inLine();
  private PostgresBackend postgres;
  private JournalTables tables;
  private TransactionTemplate transactions;
  private RequestedDeliveries requested;

  @BeforeEach
  void empty(PostgresBackend backend) {
    postgres = backend;
    tables = new JournalTables(backend);
    transactions = new TransactionTemplate(new DataSourceTransactionManager(tables.dataSource()));
    requested =
        new RequestedDeliveries(
            new JdbcTemplate(tables.dataSource()),
            delivery -> told.add(delivery.id() + " of " + parkedForOthers()),
            Clock.systemUTC());
  }

  @Test
  void aTurnIsToldOfWhenOthersCanSeeTheDelivery() {
    transactions.executeWithoutResult(
        _ -> {
          assertThat(requested.park(List.of(behind(first), behind(second)))).isEqualTo(2);
          assertThat(told).as("before the commit").isEmpty();
        });

    assertThat(told).containsExactly(first.id() + " of 2", second.id() + " of 2");
  }

  @Test
  void whatIsRolledBackHasNoTurn() {
    transactions.executeWithoutResult(
        status -> {
          requested.park(List.of(behind(first)));
          status.setRollbackOnly();
        });

    assertThat(told).isEmpty();
    assertThat(tables.count("parked")).isZero();
  }

  @Test
  void whatStandsInNoLineHasNoTurn() {
    Delivery alone = Delivery.first("wh_2", inbound(NOW), NOW);

    transactions.executeWithoutResult(
        _ ->
            requested.park(
                List.of(
                    new JournalEntry.Parked(
                        alone, null, Parking.due(NOW, "asked for"), Receipt.NONE))));

    assertThat(told).isEmpty();
    assertThat(tables.count("parked")).isEqualTo(1);
  }

  @Test
  void withoutATransactionNothingIsMade() {
    assertThatThrownBy(() -> requested.park(List.of(behind(first))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tables.count("parked")).isZero();
  }

  private static JournalEntry.Parked behind(Delivery delivery) {
    return new JournalEntry.Parked(delivery, null, Parking.behind(NOW), Receipt.NONE);
  }

  private int parkedForOthers() {
    try (Connection other = postgres.connect();
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from parked")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

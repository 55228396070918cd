package dev.anton.dispatcher.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The journal's tables, and what tests write into them. */
final class JournalTables {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  /** Empties the tables. */
  JournalTables(PostgresBackend postgres) {
    dataSource = postgres.dataSource();
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration/journal")
        .load()
        .migrate();
    jdbc = JdbcClient.create(dataSource);
    jdbc.sql("truncate events, deliveries, attempts, parked").update();
  }

  DataSource dataSource() {
    return dataSource;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  JournalTransaction transaction() {
    return new JournalTransaction(dataSource, JournalTransaction.TIMEOUT);
  }

  String status(Delivery one) {
    return jdbc.sql("select status from deliveries where delivery_id = ?")
        .param(one.id())
        .query(String.class)
        .single();
  }

  long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  static JournalBatch batch(JournalEntry... entries) {
    JournalBatch batch = new JournalBatch();
    batch.fill(List.of(entries), NOW);
    return batch;
  }

  static Attempt delivered(int number) {
    return new Attempt(
        number, NOW, Duration.ofMillis(3), new Outcome.Delivered(200, "thank\tyou\0"));
  }

  static Attempt failed(int number) {
    return new Attempt(
        number, NOW, Duration.ofMillis(3), new Outcome.ConnectionFailed("The connection broke"));
  }

  static InboundEvent inbound(Instant time) {
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
}

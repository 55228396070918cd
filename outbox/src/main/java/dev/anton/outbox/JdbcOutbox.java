package dev.anton.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes records to the table that the relay reads; one statement for however many records. */
final class JdbcOutbox implements Outbox {

  private static final String INSERT =
      """
      INSERT INTO outbox_records (lane, tenant, topic, record_key, headers, value)
      SELECT lane, tenant, topic, record_key, headers, value
        FROM unnest(?, ?, ?, ?, ?, ?)
             WITH ORDINALITY AS appended (lane, tenant, topic, record_key, headers, value, position)
       ORDER BY position
      """;

  private final JdbcTemplate jdbc;
  private final Runnable wakeRelay;

  /**
   * @param wakeRelay called after each commit that appended something; must return at once
   */
  JdbcOutbox(JdbcTemplate jdbc, Runnable wakeRelay) {
    this.jdbc = jdbc;
    this.wakeRelay = wakeRelay;
  }

  @Override
  public void append(List<ProducerRecord<String, byte[]>> records) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalTransactionStateException(
          "Records are appended in the transaction that changes the state they tell of");
    }
    if (records.isEmpty()) {
      return;
    }
    for (ProducerRecord<String, byte[]> record : records) {
      if (record.value().length > MAX_VALUE_BYTES) {
        throw new RecordTooLargeException(record.value().length);
      }
    }
    jdbc.update(connection -> insert(connection, records));
    wakeRelayAfterCommit();
  }

  @Override
  public boolean isPending(String key) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "SELECT EXISTS (SELECT FROM outbox_records WHERE record_key = ?)", Boolean.class, key));
  }

  private static PreparedStatement insert(
      Connection connection, List<ProducerRecord<String, byte[]>> records) throws SQLException {
    int size = records.size();
    String[] lanes = new String[size];
    String[] tenants = new String[size];
    String[] topics = new String[size];
    String[] keys = new String[size];
    String[] headers = new String[size];
    byte[][] values = new byte[size][];
    for (int i = 0; i < size; i++) {
      ProducerRecord<String, byte[]> record = records.get(i);
      lanes[i] = OutboxLane.of(record.key());
      tenants[i] = RecordHeaders.tenant(record.headers());
      topics[i] = record.topic();
      keys[i] = record.key();
      headers[i] = RecordHeaders.write(record.headers());
      values[i] = record.value();
    }
    PreparedStatement statement = connection.prepareStatement(INSERT);
    statement.setArray(1, connection.createArrayOf("text", lanes));
    statement.setArray(2, connection.createArrayOf("text", tenants));
    statement.setArray(3, connection.createArrayOf("text", topics));
    statement.setArray(4, connection.createArrayOf("text", keys));
    statement.setArray(5, connection.createArrayOf("text", headers));
    statement.setArray(6, connection.createArrayOf("bytea", values));
    return statement;
  }

  private void wakeRelayAfterCommit() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      wakeRelay.run();
      return;
    }
    boolean registered =
        TransactionSynchronizationManager.getSynchronizations().stream()
            .anyMatch(WakeAfterCommit.class::isInstance);
    if (!registered) {
      TransactionSynchronizationManager.registerSynchronization(new WakeAfterCommit(wakeRelay));
    }
  }

  private record WakeAfterCommit(Runnable wake) implements TransactionSynchronization {

    @Override
    public void afterCommit() {
      wake.run();
    }
  }
}

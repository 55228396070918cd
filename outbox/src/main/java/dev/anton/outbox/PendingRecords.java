package dev.anton.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relay's view of the table. */
final class PendingRecords {

  private final JdbcClient jdbc;

  PendingRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The oldest records of the lanes, in order, without the keys that a blocked record holds. */
  List<Pending> read(Collection<String> lanes, int max) {
    return jdbc.sql(
            """
            SELECT id, topic, record_key, headers, value, created_at
              FROM outbox_records
             WHERE lane = ANY (:lanes)
               AND record_key NOT IN
                   (SELECT record_key FROM outbox_records WHERE blocked_reason IS NOT NULL)
             ORDER BY id
             LIMIT :max
            """)
        .param("lanes", lanes.toArray(String[]::new))
        .param("max", max)
        .query(
            (row, n) -> {
              ProducerRecord<String, byte[]> record =
                  new ProducerRecord<>(
                      row.getString("topic"), row.getString("record_key"), row.getBytes("value"));
              RecordHeaders.read(row.getString("headers"), record.headers());
              return new Pending(
                  row.getLong("id"), record, row.getTimestamp("created_at").toInstant());
            })
        .list();
  }

  void delete(Collection<Long> ids) {
    jdbc.sql("DELETE FROM outbox_records WHERE id = ANY (:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  void block(long id, String reason) {
    jdbc.sql("UPDATE outbox_records SET blocked_reason = :reason WHERE id = :id")
        .param("reason", reason)
        .param("id", id)
        .update();
  }

  long countBlocked() {
    return jdbc.sql("SELECT count(*) FROM outbox_records WHERE blocked_reason IS NOT NULL")
        .query(Long.class)
        .single();
  }

  /** A record that Kafka has yet to acknowledge. */
  record Pending(long id, ProducerRecord<String, byte[]> record, Instant createdAt) {}
}

package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.EventReading;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.journal.RecordHeaderBytes;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims parked rows. A claim moves {@code due_at} to the end of the lease: a row whose holder died
 * is due then, without anybody looking after it.
 */
public final class ParkedRows {

  private static final String CLAIM =
      """
      update parked p
         set lease_owner = :owner, fencing_token = p.fencing_token + 1,
             due_at = now() + :millis * interval '1 millisecond',
             state = case when p.state = 'waiting' then 'due' else p.state end
        from (%s for update skip locked) c
       where p.delivery_id = c.delivery_id
      returning p.delivery_id, p.tenant, p.subscription_id, p.replay_id, p.topic,
                p.kafka_partition, p.kafka_offset, p.logged_at, p.record_key, p.record_headers,
                p.record_value, p.attempts, p.fencing_token, p.dead_letter_id, p.reason,
                p.parked_at
      """;

  private static final String DUE =
      CLAIM.formatted(
          """
          select delivery_id from parked
           where state = 'due' and due_at <= now()
           order by due_at limit :limit\
          """);

  private static final String WAITING =
      CLAIM.formatted(
          """
          select delivery_id from parked
           where state = 'waiting' and subscription_id = :subscription
           order by due_at limit :limit\
          """);

  private static final String EXHAUSTED =
      CLAIM.formatted(
          """
          select delivery_id from parked
           where state = 'exhausted' and due_at <= now()
           order by due_at limit :limit\
          """);

  /** Jumps from one subscription to the next in the index, however many rows each has. */
  private static final String WAITING_SUBSCRIPTIONS =
      """
      with recursive waiting as (
        (select subscription_id from parked
          where state = 'waiting' order by subscription_id limit 1)
        union all
        select (select p.subscription_id from parked p
                 where p.state = 'waiting' and p.subscription_id > w.subscription_id
                 order by p.subscription_id limit 1)
          from waiting w
         where w.subscription_id is not null)
      select subscription_id from waiting where subscription_id is not null
      """;

  private static final String PARKED_SUBSCRIPTIONS =
      """
      with recursive parked_ones as (
        (select subscription_id from parked order by subscription_id limit 1)
        union all
        select (select p.subscription_id from parked p
                 where p.subscription_id > o.subscription_id
                 order by p.subscription_id limit 1)
          from parked_ones o
         where o.subscription_id is not null)
      select subscription_id from parked_ones where subscription_id is not null
      """;

  private static final String HURRY =
      """
      update parked p
         set state = 'due', due_at = now()
        from (select delivery_id from parked
               where subscription_id = :subscription
                 and lease_owner is null
                 and (state = 'waiting' or (state = 'due' and due_at > now()))
                 and parked_at < now() - :millis * interval '1 millisecond'
               limit :limit for update skip locked) c
       where p.delivery_id = c.delivery_id
      """;

  private final JdbcClient jdbc;
  private final String owner;
  private final Duration lease;

  /**
   * @param owner the name of this replica
   */
  ParkedRows(JdbcClient jdbc, String owner, Duration lease) {
    this.jdbc = jdbc;
    this.owner = owner;
    this.lease = lease;
  }

  List<ParkedRow> claimDue(int limit) {
    return claim(jdbc.sql(DUE), limit);
  }

  List<ParkedRow> claimWaiting(String subscriptionId, int limit) {
    return claim(jdbc.sql(WAITING).param("subscription", subscriptionId), limit);
  }

  /** Deliveries that are to be dead-lettered. */
  public List<ParkedRow> claimExhausted(int limit) {
    return claim(jdbc.sql(EXHAUSTED), limit);
  }

  List<String> waitingSubscriptions() {
    return jdbc.sql(WAITING_SUBSCRIPTIONS).query((row, _) -> row.getString(1)).list();
  }

  /** Subscriptions with anything parked. */
  List<String> subscriptions() {
    return jdbc.sql(PARKED_SUBSCRIPTIONS).query((row, _) -> row.getString(1)).list();
  }

  /** Makes rows due at once that were parked at least that long ago and are nobody's. */
  int hurry(String subscriptionId, Duration age, int limit) {
    return jdbc.sql(HURRY)
        .param("subscription", subscriptionId)
        .param("millis", age.toMillis())
        .param("limit", limit)
        .update();
  }

  /** An estimate, as the planner has it. */
  long count() {
    return jdbc.sql(
            "select greatest(reltuples, 0)::bigint from pg_class where oid = 'parked'::regclass")
        .query(Long.class)
        .single();
  }

  /** How long the oldest row has been due; zero if none is. */
  Duration oldestDue() {
    Optional<Double> seconds =
        jdbc.sql(
                """
                select extract(epoch from now() - due_at)::double precision
                  from parked
                 where state = 'due' and due_at <= now()
                 order by due_at limit 1
                """)
            .query(Double.class)
            .optional();
    return Duration.ofMillis(Math.round(seconds.orElse(0.0) * 1000));
  }

  private List<ParkedRow> claim(JdbcClient.StatementSpec statement, int limit) {
    return statement
        .param("owner", owner)
        .param("millis", lease.toMillis())
        .param("limit", limit)
        .query((row, number) -> read(row))
        .list();
  }

  private static ParkedRow read(ResultSet row) throws SQLException {
    return new ParkedRow(
        new Delivery(
            row.getString("delivery_id"),
            row.getString("subscription_id"),
            inbound(row),
            row.getString("replay_id"),
            row.getInt("attempts"),
            row.getLong("fencing_token"),
            row.getObject("parked_at", OffsetDateTime.class).toInstant()),
        row.getString("tenant"),
        row.getString("dead_letter_id"),
        row.getString("reason"));
  }

  private static InboundEvent inbound(ResultSet row) throws SQLException {
    byte @Nullable [] key = row.getBytes("record_key");
    byte[] value = row.getBytes("record_value");
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            row.getString("topic"),
            row.getInt("kafka_partition"),
            row.getLong("kafka_offset"),
            row.getObject("logged_at", OffsetDateTime.class).toInstant().toEpochMilli(),
            TimestampType.LOG_APPEND_TIME,
            key == null ? 0 : key.length,
            value.length,
            key,
            value,
            RecordHeaderBytes.read(row.getBytes("record_headers")),
            Optional.empty());
    try {
      return EventReading.read(record);
    } catch (UndecodableEventException e) {
      throw new SQLException("A parked record could be read once and cannot any more", e);
    }
  }
}

package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.EventReading;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.journal.RecordHeaderBytes;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  /** What {@link #read} reads, of the row p. */
  public static final String CLAIMED =
      """
      p.delivery_id, p.tenant, p.subscription_id, p.replay_id, p.topic, p.kafka_partition, \
      p.kafka_offset, p.logged_at, p.record_key, p.record_headers, p.record_value, p.attempts, \
      p.fencing_token, p.dead_letter_id, p.reason, p.parked_at, p.order_key\
      """;

  private static final String CLAIM =
      """
      update parked p
         set lease_owner = :owner, fencing_token = p.fencing_token + 1,
             due_at = now() + :millis * interval '1 millisecond',
             state = case when p.state = 'waiting' then 'due' else p.state end
        from (%s) c
       where p.delivery_id = c.delivery_id
      returning c.due_at as was_due,
      """
          + CLAIMED;

  /**
   * Jumps from one tenant to the next in the index, and takes from each with due rows an equal
   * share, but no more than it may have; the one that has waited longest comes first. A million
   * rows of one tenant cost no more than the thousand that are taken.
   */
  private static final String DUE =
      CLAIM.formatted(
          """
          with recursive tenants as (
            (select tenant, due_at from parked
              where state = 'due' order by tenant, due_at limit 1)
            union all
            select next.tenant, next.due_at
              from tenants t
             cross join lateral (
               select p.tenant, p.due_at from parked p
                where p.state = 'due' and p.tenant > t.tenant
                order by p.tenant, p.due_at limit 1) next),
          late as (
            select t.tenant, t.due_at, coalesce(u.allowed, :others) as allowed
              from tenants t
              left join unnest(:tenants, cast(:allowed as integer[])) as u (tenant, allowed)
                on u.tenant = t.tenant
             where t.due_at <= now() and coalesce(u.allowed, :others) > 0)
          select d.delivery_id, d.due_at
            from (select tenant,
                         least(allowed, greatest(:limit / (select count(*) from late), 1)) as share
                    from late order by due_at) l
           cross join lateral (
             select p.delivery_id, p.due_at from parked p
              where p.state = 'due' and p.tenant = l.tenant and p.due_at <= now()
              order by p.due_at limit l.share for update skip locked) d
           limit :limit\
          """);

  private static final String WAITING =
      CLAIM.formatted(
          """
          select w.delivery_id, w.due_at
            from unnest(:subscriptions, cast(:rooms as integer[])) as a (subscription_id, room)
           cross join lateral (
             select p.delivery_id, p.due_at from parked p
              where p.state = 'waiting' and p.subscription_id = a.subscription_id
              order by p.due_at limit a.room for update skip locked) w\
          """);

  private static final String EXHAUSTED =
      CLAIM.formatted(
          """
          select delivery_id, due_at from parked
           where state = 'exhausted' and due_at <= now()
           order by due_at limit :limit for update skip locked\
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

  private static final Comparator<Claimed> FIRST_DUE =
      Comparator.comparing(Claimed::dueAt).thenComparing(claimed -> claimed.row().delivery().id());

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

  /** Claims due rows of all tenants alike, however many each has under way. */
  List<ParkedRow> claimDue(int limit) {
    return claimDue(limit, Map.of(), limit);
  }

  /**
   * Claims due rows of all tenants alike.
   *
   * @param allowed how many of a tenant may be claimed
   * @param others how many of each tenant that is not named
   */
  List<ParkedRow> claimDue(int limit, Map<String, Integer> allowed, int others) {
    return claim(
        jdbc.sql(DUE)
            .param("limit", limit)
            .param("tenants", allowed.keySet().toArray(String[]::new))
            .param("allowed", allowed.values().toArray(Integer[]::new))
            .param("others", others));
  }

  /**
   * Claims rows that wait, whatever their due time.
   *
   * @param rooms how many of each subscription
   */
  List<ParkedRow> claimWaiting(Map<String, Integer> rooms) {
    return claim(
        jdbc.sql(WAITING)
            .param("subscriptions", rooms.keySet().toArray(String[]::new))
            .param("rooms", rooms.values().toArray(Integer[]::new)));
  }

  /** Deliveries that are to be dead-lettered. */
  public List<ParkedRow> claimExhausted(int limit) {
    return claim(jdbc.sql(EXHAUSTED).param("limit", limit));
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
                with recursive tenants as (
                  (select tenant, due_at from parked
                    where state = 'due' order by tenant, due_at limit 1)
                  union all
                  select next.tenant, next.due_at
                    from tenants t
                   cross join lateral (
                     select p.tenant, p.due_at from parked p
                      where p.state = 'due' and p.tenant > t.tenant
                      order by p.tenant, p.due_at limit 1) next)
                select extract(epoch from now() - min(due_at))::double precision
                  from tenants
                 where due_at <= now()
                having min(due_at) is not null
                """)
            .query(Double.class)
            .optional();
    return Duration.ofMillis(Math.round(seconds.orElse(0.0) * 1000));
  }

  /** In the order in which they have been waiting. */
  private List<ParkedRow> claim(JdbcClient.StatementSpec statement) {
    return statement
        .param("owner", owner)
        .param("millis", lease.toMillis())
        .query(
            (row, number) ->
                new Claimed(read(row, number), row.getTimestamp("was_due").toInstant()))
        .list()
        .stream()
        .sorted(FIRST_DUE)
        .map(Claimed::row)
        .toList();
  }

  /**
   * A row that was claimed.
   *
   * @param dueAt before the claim
   */
  private record Claimed(ParkedRow row, Instant dueAt) {}

  /** Reads a row that this replica has leased. */
  public static ParkedRow read(ResultSet row, int number) throws SQLException {
    return new ParkedRow(
        new Delivery(
            row.getString("delivery_id"),
            row.getString("subscription_id"),
            inbound(row),
            row.getString("replay_id"),
            row.getInt("attempts"),
            row.getLong("fencing_token"),
            row.getObject("parked_at", OffsetDateTime.class).toInstant(),
            row.getObject("order_key", Long.class)),
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

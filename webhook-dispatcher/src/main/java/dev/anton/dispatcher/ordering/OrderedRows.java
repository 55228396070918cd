package dev.anton.dispatcher.ordering;

import dev.anton.dispatcher.parking.ParkedRow;
import dev.anton.dispatcher.parking.ParkedRows;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lines, as they stand in the table of what is parked. */
final class OrderedRows {

  /**
   * Only who is first in line and still behind gets a turn. Of two replicas that look at one line
   * at a time, the second finds the row changed and leaves it alone.
   */
  private static final String CLAIM =
      """
      update parked p
         set state = 'due', lease_owner = :owner, fencing_token = p.fencing_token + 1,
             due_at = now() + :millis * interval '1 millisecond'
        from unnest(:subscriptions::text[], :keys::bigint[]) as l(subscription_id, order_key)
       cross join lateral
             (select q.delivery_id, q.state
                from parked q
               where q.subscription_id = l.subscription_id and q.order_key = l.order_key
               order by q.kafka_offset, q.delivery_id limit 1) first
       where first.state = 'behind'
         and p.delivery_id = first.delivery_id
         and p.state = 'behind'
      returning
      """
          + ParkedRows.CLAIMED;

  /** Jumps from one line to the next in the index, however many stand in each. */
  private static final String FIRSTS =
      """
      with recursive firsts as (
        (select subscription_id, order_key, state, lease_owner is not null as leased
           from parked
          where order_key is not null and (subscription_id, order_key) > (:subscription, :key)
          order by subscription_id, order_key, kafka_offset, delivery_id limit 1)
        union all
        select n.subscription_id, n.order_key, n.state, n.leased
          from firsts f
         cross join lateral
               (select p.subscription_id, p.order_key, p.state, p.lease_owner is not null as leased
                  from parked p
                 where p.order_key is not null
                   and (p.subscription_id, p.order_key) > (f.subscription_id, f.order_key)
                 order by p.subscription_id, p.order_key, p.kafka_offset, p.delivery_id limit 1) n)
      select subscription_id, order_key, state, leased from firsts limit :limit
      """;

  private static final String SUBSCRIPTIONS =
      """
      with recursive ordered as (
        (select subscription_id from parked
          where order_key is not null order by subscription_id limit 1)
        union all
        select (select p.subscription_id from parked p
                 where p.order_key is not null and p.subscription_id > o.subscription_id
                 order by p.subscription_id limit 1)
          from ordered o
         where o.subscription_id is not null)
      select subscription_id from ordered where subscription_id is not null
      """;

  private static final String BEHIND =
      """
      select delivery_id from parked
       where subscription_id = :subscription and order_key is not null and state = 'behind'
         and parked_at < now() - :millis * interval '1 millisecond'
       limit :limit for update skip locked\
      """;

  private static final String SKIP =
      """
      with gone as (
        delete from parked p using (%s) b
         where p.delivery_id = b.delivery_id
        returning p.delivery_id, p.event_time)
      update deliveries d
         set status = 'skipped', reason = :reason, next_attempt_at = null
        from gone g
       where d.delivery_id = g.delivery_id and d.event_time = g.event_time
         and d.status = 'pending'
      """
          .formatted(BEHIND);

  private static final String RELEASE =
      """
      update parked p
         set state = 'due', due_at = now(), order_key = null
        from (%s) b
       where p.delivery_id = b.delivery_id
      """
          .formatted(BEHIND);

  private final JdbcClient jdbc;
  private final String owner;
  private final Duration lease;

  /**
   * @param owner the name of this replica
   */
  OrderedRows(JdbcClient jdbc, String owner, Duration lease) {
    this.jdbc = jdbc;
    this.owner = owner;
    this.lease = lease;
  }

  /**
   * The first of a line.
   *
   * @param state as the column has it
   * @param leased whether an attempt is being made, as far as is known
   */
  record First(String subscriptionId, long orderKey, String state, boolean leased) {

    Line line() {
      return new Line(subscriptionId, orderKey);
    }

    boolean isItsTurn() {
      return state.equals("behind");
    }

    /** Whether the whole line waits for another attempt of this one. */
    boolean holdsUp() {
      return !isItsTurn() && !leased;
    }
  }

  /** Leases the first of each of these lines whose turn it is; of the others nothing. */
  List<ParkedRow> claim(List<Line> lines) {
    return jdbc.sql(CLAIM)
        .param("owner", owner)
        .param("millis", lease.toMillis())
        .param("subscriptions", lines.stream().map(Line::subscriptionId).toArray(String[]::new))
        .param("keys", lines.stream().map(Line::orderKey).toArray(Long[]::new))
        .query(ParkedRows::read)
        .list();
  }

  /** The firsts of the lines behind this one, in the index's order. */
  List<First> firsts(Line after, int limit) {
    return jdbc.sql(FIRSTS)
        .param("subscription", after.subscriptionId())
        .param("key", after.orderKey())
        .param("limit", limit)
        .query(
            (row, _) ->
                new First(
                    row.getString("subscription_id"),
                    row.getLong("order_key"),
                    row.getString("state"),
                    row.getBoolean("leased")))
        .list();
  }

  /** Subscriptions with deliveries in line. */
  List<String> subscriptions() {
    return jdbc.sql(SUBSCRIPTIONS).query((row, _) -> row.getString(1)).list();
  }

  /** Records as skipped what has been behind for at least that long. */
  int skip(String subscriptionId, String reason, Duration age, int limit) {
    return behind(SKIP, subscriptionId, age, limit).param("reason", reason).update();
  }

  /** Lets what has been behind for at least that long go at once, in no order. */
  int release(String subscriptionId, Duration age, int limit) {
    return behind(RELEASE, subscriptionId, age, limit).update();
  }

  private JdbcClient.StatementSpec behind(
      String sql, String subscriptionId, Duration age, int limit) {
    return jdbc.sql(sql)
        .param("subscription", subscriptionId)
        .param("millis", age.toMillis())
        .param("limit", limit);
  }
}

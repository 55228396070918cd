package dev.anton.dispatcher.replay;

import dev.anton.lease.Lease;
import dev.anton.schemas.id.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of replays, and what the journal says of their deliveries. */
@Repository
class ReplayRows {

  /** Which rows have work to do. */
  static final String DUE = "state in ('queued', 'running') and wake_at <= now()";

  private final JdbcClient jdbc;

  ReplayRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(String id, ReplayOrder order, Instant now) {
    List<String> events = order.events();
    jdbc.sql(
            """
            insert into replay (replay_id, tenant, subscription_id, selection, since, until, events,
                                reason, max_rate, state, created_at, wake_at)
            values (:id, :tenant, :webhook, :selection, :since, :until, cast(:events as text[]),
                    :reason, :rate, 'queued', :now, now())
            """)
        .param("id", id)
        .param("tenant", order.tenant().id())
        .param("webhook", order.webhookId())
        .param("selection", order.selection().wireName())
        .param("since", utc(order.since()))
        .param("until", utc(order.until()))
        .param("events", events == null ? null : events.toArray(String[]::new))
        .param("reason", order.reason())
        .param("rate", order.maxRate())
        .param("now", utc(now))
        .update();
  }

  Optional<Replay> find(Tenant tenant, String id) {
    return jdbc.sql("select * from replay where replay_id = :id and tenant = :tenant")
        .param("id", id)
        .param("tenant", tenant.id())
        .query(Replay::read)
        .optional();
  }

  /** The one that a lease is on. */
  Replay get(Lease lease) {
    return jdbc.sql("select * from replay where replay_id = ?")
        .param(lease.id())
        .query(Replay::read)
        .single();
  }

  /** Newest first, of one webhook or all. */
  List<Replay> list(Tenant tenant, @Nullable String webhookId, @Nullable String below, int limit) {
    return jdbc.sql(
            "select * from replay where tenant = :tenant"
                + (webhookId == null ? "" : " and subscription_id = :webhook")
                + (below == null ? "" : " and replay_id < :below")
                + " order by replay_id desc limit :limit")
        .param("tenant", tenant.id())
        .param("webhook", webhookId)
        .param("below", below)
        .param("limit", limit)
        .query(Replay::read)
        .list();
  }

  /** Replays of a tenant that are not finished. */
  int countOpen(Tenant tenant) {
    return jdbc.sql(
            "select count(*) from replay where tenant = ? and state in ('queued', 'running')")
        .param(tenant.id())
        .query(Integer.class)
        .single();
  }

  /** What became of a replay's deliveries, by status. */
  Map<String, Long> deliveries(String id) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql(
            """
            select status, count(*) as deliveries
              from deliveries
             where replay_id = :id and replay_id <> ''
             group by status
            """)
        .param("id", id)
        .query(
            row -> {
              counts.put(row.getString("status"), row.getLong("deliveries"));
            });
    return counts;
  }

  /**
   * Deliveries of a replay that wait for their first attempt, counted up to a limit. Those in line
   * behind another of their key are not counted: a key that fails for hours holds itself only.
   */
  int unattempted(String id, int limit) {
    return jdbc.sql(
            """
            select count(*)
              from (select 1 from parked
                     where replay_id = :id and replay_id <> '' and attempts = 0
                       and state <> 'behind'
                     limit :limit) waiting
            """)
        .param("id", id)
        .param("limit", limit)
        .query(Integer.class)
        .single();
  }

  /**
   * Deliveries of a replay that are not over yet, whatever they wait for, counted up to a limit:
   * behind an endpoint that fails or is slow they would otherwise become as many as it selects.
   */
  int parked(String id, int limit) {
    return jdbc.sql(
            """
            select count(*)
              from (select 1 from parked
                     where replay_id = :id and replay_id <> ''
                     limit :limit) parked
            """)
        .param("id", id)
        .param("limit", limit)
        .query(Integer.class)
        .single();
  }

  /**
   * Locks the row for the rest of the transaction.
   *
   * @return false if the lease was lost or the replay is over: nothing may be written then
   */
  boolean hold(Lease lease) {
    return jdbc.sql(
            """
            select 1 from replay
             where replay_id = :id and fencing_token = :token and state in ('queued', 'running')
               for update
            """)
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Adds what a step came to, and gives the row back until the next. */
  void advance(Lease lease, ReplayStep step, int enqueued, Duration pause) {
    jdbc.sql(
            """
            update replay
               set position = :position, scanned = scanned + :scanned,
                   enqueued = enqueued + :enqueued, gone = gone + :gone,
                   passed_over = passed_over + :passedOver, waits_for = :waitsFor,
                   state = case when :over then 'completed' else 'running' end,
                   started_at = coalesce(started_at, now()),
                   finished_at = case when :over then now() end,
                   wake_at = now() + :millis * interval '1 millisecond',
                   lease_owner = null, lease_until = null
             where replay_id = :id and fencing_token = :token
            """)
        .param("position", step.position())
        .param("scanned", step.scanned())
        .param("enqueued", enqueued)
        .param("gone", step.gone())
        .param("passedOver", step.passedOver())
        .param("waitsFor", step.waitsFor())
        .param("over", step.isLast())
        .param("millis", pause.toMillis())
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .update();
  }

  /** Gives the row back for later. */
  void postpone(Lease lease, Duration pause, String waitsFor) {
    jdbc.sql(
            """
            update replay
               set wake_at = now() + :millis * interval '1 millisecond', waits_for = :waitsFor,
                   lease_owner = null, lease_until = null
             where replay_id = :id and fencing_token = :token and state in ('queued', 'running')
            """)
        .param("millis", pause.toMillis())
        .param("waitsFor", waitsFor)
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .update();
  }

  /** It cannot go on. */
  void fail(Lease lease, String error) {
    jdbc.sql(
            """
            update replay
               set state = 'failed', error = :error, waits_for = null, finished_at = now(),
                   lease_owner = null, lease_until = null
             where replay_id = :id and fencing_token = :token and state in ('queued', 'running')
            """)
        .param("error", error)
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .update();
  }

  /** Ends a replay; whoever works on it finds its token too old. */
  void cancel(String id) {
    jdbc.sql(
            """
            update replay
               set state = 'cancelled', waits_for = null, fencing_token = fencing_token + 1,
                   finished_at = coalesce(finished_at, now()), lease_owner = null, lease_until = null
             where replay_id = ?
            """)
        .param(id)
        .update();
  }

  /** Locks a replay's row. */
  void lock(String id) {
    jdbc.sql("select 1 from replay where replay_id = ? for update")
        .param(id)
        .query(Integer.class)
        .single();
  }

  /**
   * Skips a replay's deliveries that were not attempted yet and are not being attempted.
   *
   * @return how many
   */
  int skipUnattempted(String id) {
    return jdbc.sql(
            """
            with taken as (
              delete from parked
               where delivery_id in (
                     select delivery_id from parked
                      where replay_id = :id and replay_id <> '' and attempts = 0
                        and state <> 'exhausted'
                        and (lease_owner is null or due_at <= now())
                        for update skip locked)
              returning delivery_id, event_time)
            update deliveries d
               set status = 'skipped', reason = 'the replay was cancelled', next_attempt_at = null
              from taken t
             where d.delivery_id = t.delivery_id and d.event_time = t.event_time
               and d.status in ('pending', 'retrying')
            """)
        .param("id", id)
        .update();
  }

  /** Forgets replays that ended before then. */
  int purge(Instant before) {
    return jdbc.sql("delete from replay where finished_at < ?").param(utc(before)).update();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}

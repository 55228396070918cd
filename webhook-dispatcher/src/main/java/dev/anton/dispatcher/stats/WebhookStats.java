package dev.anton.dispatcher.stats;

import dev.anton.dispatcher.stats.StatsView.Attempts;
import dev.anton.dispatcher.stats.StatsView.Deliveries;
import dev.anton.dispatcher.stats.StatsView.Percentiles;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts the newest deliveries of a webhook. Ids begin with the time they were made at, so the
 * window is a stretch of an index, read from its end and no further than a limit.
 */
@Repository
class WebhookStats {

  /** Parked deliveries beyond that are not counted. */
  private static final int MOST_PARKED = 10_000;

  // The lateral limit keeps attempts from being read as a whole: it is looked up by key, in the
  // partition of its delivery. No schedule has more attempts than that.
  private static final String SQL =
      """
      with recent as materialized (
        select delivery_id, event_time, replay_id, status, attempts, created_at, last_attempt_at,
               last_duration_us, last_outcome
          from deliveries
         where subscription_id = :webhook and tenant = :tenant and delivery_id >= :first
         order by delivery_id desc
         limit :newest),
      made as materialized (
        select last_outcome as outcome, last_duration_us as us, last_attempt_at as at
          from recent
         where status = 'delivered' and attempts = 1
         union all
        select a.outcome, a.duration_us, a.attempted_at
          from recent d
         cross join lateral (
               select outcome, duration_us, attempted_at
                 from attempts
                where delivery_id = d.delivery_id and event_time = d.event_time
                limit 60) a
         where d.attempts > 0 and not (d.status = 'delivered' and d.attempts = 1)),
      by_status as (select status, count(*) as n from recent group by status),
      by_outcome as (select outcome, count(*) as n from made group by outcome)
      select (select count(*) from recent) as deliveries,
             (select created_at from recent order by delivery_id limit 1) as oldest,
             (select array_agg(status || '=' || n) from by_status) as statuses,
             (select array_agg(outcome || '=' || n) from by_outcome) as outcomes,
             (select percentile_cont(array[0.5, 0.9, 0.99]) within group (order by us / 1000.0)
                from made) as durations,
             (select percentile_cont(array[0.5, 0.9, 0.99]) within group (order by
                       extract(epoch from last_attempt_at - event_time)::double precision * 1000
                       + last_duration_us / 1000.0)
                from recent
               where status = 'delivered' and replay_id = '') as arrivals,
             (select max(at) from made where outcome = 'delivered') as last_success,
             (select max(at) from made where outcome <> 'delivered') as last_failure
      """;

  private final JdbcClient jdbc;
  private final StatsSettings settings;

  WebhookStats(JdbcClient jdbc, StatsSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /**
   * What was counted.
   *
   * @param since where counting stopped, null if it came to the window's beginning
   */
  record Counted(
      @Nullable Instant since,
      Deliveries deliveries,
      Attempts attempts,
      @Nullable Percentiles arrivalMs) {}

  /** Bounds what the transaction's further statements may take. */
  void bound(Duration timeout) {
    jdbc.sql("select set_config('statement_timeout', ?, true)")
        .param(Long.toString(timeout.toMillis()))
        .query(String.class)
        .single();
  }

  /** Counts deliveries that were made since then, the newest ones. */
  Counted count(String tenant, String webhookId, Instant since) {
    return jdbc.sql(SQL)
        .param("webhook", webhookId)
        .param("tenant", tenant)
        .param("first", "dlv_" + String.format(Locale.ROOT, "%012x", since.toEpochMilli()))
        .param("newest", settings.newest())
        .query((row, number) -> read(row))
        .single();
  }

  /** Deliveries that wait, counted up to a limit. */
  long parked(String webhookId) {
    return jdbc.sql(
            """
            select count(*)
              from (select 1 from parked where subscription_id = :id limit :limit) waiting
            """)
        .param("id", webhookId)
        .param("limit", MOST_PARKED)
        .query(Long.class)
        .single();
  }

  /** Since when there was nothing but failures, as all replicas see it. */
  Optional<Instant> failingSince(String webhookId, String url) {
    return jdbc.sql(
            """
            select failing_since from endpoint_health
             where subscription_id = ? and url = ? and failing_since is not null
            """)
        .params(webhookId, url)
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  private Counted read(ResultSet row) throws SQLException {
    long total = row.getLong("deliveries");
    Map<String, Long> statuses = counts(row.getArray("statuses"));
    Map<String, Long> outcomes = counts(row.getArray("outcomes"));
    return new Counted(
        total < settings.newest() ? null : time(row, "oldest"),
        new Deliveries(total, statuses, successRate(statuses)),
        new Attempts(
            outcomes.values().stream().mapToLong(Long::longValue).sum(),
            outcomes,
            percentiles(row.getArray("durations")),
            time(row, "last_success"),
            time(row, "last_failure")),
        percentiles(row.getArray("arrivals")));
  }

  private static @Nullable Double successRate(Map<String, Long> statuses) {
    long delivered = statuses.getOrDefault("delivered", 0L);
    long over = delivered + statuses.getOrDefault("dead", 0L);
    return over == 0 ? null : Math.round(10_000.0 * delivered / over) / 10_000.0;
  }

  /** Of {@code name=count}. */
  private static Map<String, Long> counts(@Nullable Array array) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    if (array != null) {
      for (String entry : (String[]) array.getArray()) {
        int equals = entry.lastIndexOf('=');
        counts.put(entry.substring(0, equals), Long.valueOf(entry.substring(equals + 1)));
      }
    }
    return counts;
  }

  private static @Nullable Percentiles percentiles(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    Double[] values = (Double[]) array.getArray();
    return new Percentiles(micros(values[0]), micros(values[1]), micros(values[2]));
  }

  /** Milliseconds with three digits. */
  private static double micros(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

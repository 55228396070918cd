package dev.anton.dispatcher.health;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The clocks of failing endpoints as all replicas see them. A row is there from the first failure
 * that lasts, and goes back to no time with the first success after it.
 */
final class FailingEndpoints {

  private final JdbcClient jdbc;

  FailingEndpoints(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Starts the clocks of those that have none, or had one for another URL. */
  void start(List<FailingEndpoint> endpoints, Instant now) {
    jdbc.sql(
            """
            insert into endpoint_health as h (subscription_id, tenant, url, failing_since, noticed_at)
            select id, tenant, url, since, :now
              from unnest(:ids, :tenants, :urls, cast(:since as timestamptz[]))
                as f (id, tenant, url, since)
                on conflict (subscription_id) do update
               set url = excluded.url, failing_since = excluded.failing_since,
                   noticed_at = excluded.noticed_at
             where h.failing_since is null or h.url <> excluded.url
            """)
        .param("now", utc(now))
        .param("ids", texts(endpoints, FailingEndpoint::subscriptionId))
        .param("tenants", texts(endpoints, FailingEndpoint::tenant))
        .param("urls", texts(endpoints, FailingEndpoint::url))
        .param("since", texts(endpoints, endpoint -> endpoint.since().toString()))
        .update();
  }

  List<FailingEndpoint> all() {
    return jdbc.sql(
            """
            select subscription_id, tenant, url, failing_since
              from endpoint_health
             where failing_since is not null
            """)
        .query((row, number) -> read(row))
        .list();
  }

  /**
   * Stops a clock after a success.
   *
   * @param quietSince when the owner must have been told last to be told again
   * @return whether the owner is to be told; empty if the clock was stopped or started anew already
   */
  Optional<Boolean> stop(FailingEndpoint endpoint, Instant succeeded, Instant quietSince) {
    return jdbc.sql(
            """
            with stopped as (
              select subscription_id,
                     -- A success from before anybody took it for failing is no recovery.
                     noticed_at < :succeeded and coalesce(recovered_at <= :quiet, true) as told
                from endpoint_health
               where subscription_id = :id and failing_since = :since
                 for update)
            update endpoint_health h
               set failing_since = null,
                   recovered_at = case when told then :succeeded else recovered_at end
              from stopped s
             where h.subscription_id = s.subscription_id
            returning s.told
            """)
        .param("id", endpoint.subscriptionId())
        .param("since", utc(endpoint.since()))
        .param("succeeded", utc(succeeded))
        .param("quiet", utc(quietSince))
        .query(Boolean.class)
        .optional();
  }

  /** Stops a clock without anybody being told. */
  void forget(String subscriptionId) {
    jdbc.sql("update endpoint_health set failing_since = null where subscription_id = ?")
        .param(subscriptionId)
        .update();
  }

  /**
   * Whether it has failed since then without having been paused, disabled or given another URL
   * meanwhile.
   */
  boolean isFailingSince(String subscriptionId, Instant limit) {
    return jdbc.sql(
            """
            select exists (
              select from endpoint_health h
                join webhook_subscription s on s.id = h.subscription_id
               where h.subscription_id = :id and h.failing_since <= :limit
                 and s.status_since <= :limit and s.url = h.url)
            """)
        .param("id", subscriptionId)
        .param("limit", utc(limit))
        .query(Boolean.class)
        .single();
  }

  /** Deletes what is left of subscriptions that are gone, or that nobody was told of for long. */
  void purge(Instant before) {
    jdbc.sql(
            """
            delete from endpoint_health h
             where greatest(h.noticed_at, h.recovered_at) < :before
               and (h.failing_since is null
                    or not exists (select from webhook_subscription s
                                    where s.id = h.subscription_id and s.deleted_at is null))
            """)
        .param("before", utc(before))
        .update();
  }

  private static FailingEndpoint read(ResultSet row) throws SQLException {
    return new FailingEndpoint(
        row.getString("subscription_id"),
        row.getString("tenant"),
        row.getString("url"),
        row.getObject("failing_since", OffsetDateTime.class).toInstant());
  }

  private static String[] texts(
      List<FailingEndpoint> endpoints, Function<FailingEndpoint, String> text) {
    return endpoints.stream().map(text).toArray(String[]::new);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}

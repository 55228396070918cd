package dev.anton.dispatcher.subscription;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The statements of maintenance. Each takes a bounded batch of rows that nobody else has locked, so
 * that replicas share the work and none waits for another.
 */
@Repository
class ExpiredSubscriptions {

  /** What one statement touches: some tens of milliseconds of work. */
  static final int BATCH = 1_000;

  private final JdbcClient jdbc;

  ExpiredSubscriptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Says when the subscriptions of jobs that ended go, unless that was said before.
   *
   * @param tenants and {@code jobs} are of the same length
   */
  void expire(List<String> tenants, List<String> jobs, Instant at) {
    jdbc.sql(
            """
            update webhook_subscription s
               set expires_at = :at
              from unnest(:tenants, :jobs) as ended (tenant, job_id)
             where s.tenant = ended.tenant and s.job_id = ended.job_id
               and s.expires_at is null and s.deleted_at is null
            """)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("tenants", tenants.toArray(String[]::new))
        .param("jobs", jobs.toArray(String[]::new))
        .update();
  }

  /** Buries jobs' subscriptions whose time is up. */
  List<SubscriptionChange> buryExpired(Instant now) {
    return bury("expires_at <= :limit", now, now);
  }

  /** Buries jobs' subscriptions of which no end was ever seen. */
  List<SubscriptionChange> buryForgotten(Instant createdBefore, Instant now) {
    return bury(
        "job_id is not null and expires_at is null and created_at <= :limit", createdBefore, now);
  }

  /**
   * Deletes tombstones that every replica has seen.
   *
   * @return how many
   */
  int purge(Instant deletedBefore) {
    return jdbc.sql(
            """
            delete from webhook_subscription
             where id in (select id from webhook_subscription
                           where deleted_at <= :limit
                           limit :batch
                             for update skip locked)
            """)
        .param("limit", deletedBefore.atOffset(ZoneOffset.UTC))
        .param("batch", BATCH)
        .update();
  }

  /**
   * @param condition of ours, on a column with an index for the living
   */
  private List<SubscriptionChange> bury(String condition, Instant limit, Instant now) {
    return jdbc.sql(
            """
            update webhook_subscription
               set url = '', events = '{}', description = null, sealed_headers = null,
                   filter = null, retry_delays_ms = '{}', sealed_key = null,
                   sealed_next_key = null, grace_until = null, sealed_private_key = null,
                   verification_key = null, next_sealed_private_key = null,
                   next_verification_key = null, expires_at = null,
                   updated_at = :now, deleted_at = :now, version = version + 1
             where id in (select id from webhook_subscription
                           where %s and deleted_at is null
                           limit :batch
                             for update skip locked)
            returning id, version
            """
                .formatted(condition))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("limit", limit.atOffset(ZoneOffset.UTC))
        .param("batch", BATCH)
        .query(
            (row, number) ->
                new SubscriptionChange(row.getString("id"), row.getLong("version"), null))
        .list();
  }
}

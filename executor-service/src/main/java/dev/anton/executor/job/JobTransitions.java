package dev.anton.executor.job;

import dev.anton.executor.stream.EventStream;
import dev.anton.lease.Lease;
import dev.anton.schemas.event.JobEvent;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every step of a job's state, each one transaction with the events that tell of it. A worker's
 * step carries its fencing token and what it believes the state to be: when it is late, because the
 * job was cancelled or taken over, it changes nothing.
 */
@Repository
@Transactional
class JobTransitions {

  private static final RowMapper<Started> STARTED =
      (row, number) ->
          new Started(
              JobRows.job(row, number),
              row.getBoolean("first"),
              Duration.ofMillis(row.getLong("remaining_ms")),
              row.getInt("claims_without_outcome"));

  private final JdbcClient jdbc;
  private final EventStream events;
  private final JobRepository jobs;
  private final ShownInput shown;

  JobTransitions(JdbcClient jdbc, EventStream events, JobRepository jobs, ShownInput shown) {
    this.jdbc = jdbc;
    this.events = events;
    this.jobs = jobs;
    this.shown = shown;
  }

  /**
   * A worker that has claimed the job begins with it, or goes on with it.
   *
   * @return empty if the claim is lost
   */
  Optional<ClaimedJob> begin(Lease lease) {
    Optional<Started> started =
        jdbc.sql(
                """
                UPDATE jobs
                   SET status = 'running',
                       started_at = coalesce(started_at, now()),
                       deadline_at =
                         coalesce(deadline_at, now() + timeout_ms * interval '1 millisecond'),
                       claims_without_outcome = claims_without_outcome + 1
                 WHERE id = :id
                   AND fencing_token = :token
                   AND status IN ('queued', 'running')
                RETURNING %s,
                       old.status = 'queued' AS first,
                       (extract(epoch FROM deadline_at - now()) * 1000)::bigint AS remaining_ms,
                       claims_without_outcome
                """
                    .formatted(JobRows.COLUMNS))
            .param("id", lease.id())
            .param("token", lease.fencingToken())
            .query(STARTED)
            .optional();
    return started.map(
        start -> {
          if (start.first()) {
            publish(start.job(), List.of(started(start.job())));
          }
          return new ClaimedJob(
              lease,
              start.job(),
              jobs.completedPlugins(lease.id()),
              start.remaining(),
              start.claimsWithoutOutcome());
        });
  }

  /**
   * The current plugin succeeded; with the last one the job has.
   *
   * @return the job as it stands now
   * @throws LeaseLostException if another outcome was first
   */
  ClaimedJob succeeded(ClaimedJob claimed, CompletedPlugin plugin) {
    ClaimedJob next = claimed.with(plugin);
    boolean last = next.job().currentPlugin() == null;
    long wallTimeMs =
        jdbc.sql(
                """
                UPDATE jobs
                   SET completed_plugins = completed_plugins + 1,
                       attempt = 1,
                       error = NULL,
                       claims_without_outcome = 0,
                       status = CASE WHEN :last THEN 'completed' ELSE status END,
                       finished_at = CASE WHEN :last THEN now() END,
                       lease_owner = CASE WHEN :last THEN NULL ELSE lease_owner END,
                       lease_until = CASE WHEN :last THEN NULL ELSE lease_until END
                 WHERE id = :id AND fencing_token = :token AND status = 'running'
                   AND completed_plugins = :completed AND attempt = :attempt
                RETURNING (extract(epoch FROM now() - started_at) * 1000)::bigint
                """)
            .param("last", last)
            .param("id", claimed.job().id())
            .param("token", claimed.lease().fencingToken())
            .param("completed", claimed.job().completedPlugins())
            .param("attempt", claimed.job().attempt())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> new LeaseLostException(claimed.lease()));
    insertResult(claimed, plugin);
    JobEvent progressed = JobEvents.progressed(next.job(), plugin);
    publish(
        next.job(),
        last
            ? List.of(progressed, JobEvents.completed(next.job(), next.completed(), wallTimeMs))
            : List.of(progressed));
    return next;
  }

  /**
   * The current plugin failed and is to run again after the backoff, or at the job's deadline if
   * that is earlier. The job is free for any worker then.
   *
   * @throws LeaseLostException if another outcome was first
   */
  void retryLater(ClaimedJob claimed, String error, Duration backoff) {
    int updated =
        jdbc.sql(
                """
                UPDATE jobs
                   SET attempt = attempt + 1,
                       error = :error,
                       due_at =
                         least(now() + :backoffMs * interval '1 millisecond', deadline_at),
                       claims_without_outcome = 0,
                       lease_owner = NULL,
                       lease_until = NULL
                 WHERE id = :id AND fencing_token = :token AND status = 'running'
                   AND completed_plugins = :completed AND attempt = :attempt
                """)
            .param("error", error)
            .param("backoffMs", backoff.toMillis())
            .param("id", claimed.job().id())
            .param("token", claimed.lease().fencingToken())
            .param("completed", claimed.job().completedPlugins())
            .param("attempt", claimed.job().attempt())
            .update();
    if (updated == 0) {
      throw new LeaseLostException(claimed.lease());
    }
  }

  /**
   * The job failed.
   *
   * @throws LeaseLostException if another outcome was first
   */
  void failed(ClaimedJob claimed, String error) {
    int updated =
        jdbc.sql(
                """
                UPDATE jobs
                   SET status = 'failed', error = :error, finished_at = now(),
                       lease_owner = NULL, lease_until = NULL
                 WHERE id = :id AND fencing_token = :token AND status = 'running'
                """)
            .param("error", error)
            .param("id", claimed.job().id())
            .param("token", claimed.lease().fencingToken())
            .update();
    if (updated == 0) {
      throw new LeaseLostException(claimed.lease());
    }
    publish(claimed.job(), List.of(JobEvents.failed(claimed.job(), error)));
  }

  /**
   * Gives the job back with nothing counted against it: its executor is stopping. Does nothing if
   * the lease is gone.
   */
  void giveBack(Lease lease) {
    jdbc.sql(
            """
            UPDATE jobs
               SET claims_without_outcome = greatest(claims_without_outcome - 1, 0),
                   lease_owner = NULL,
                   lease_until = NULL
             WHERE id = :id AND fencing_token = :token AND status = 'running'
               AND lease_until IS NOT NULL
            """)
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .update();
  }

  /**
   * Cancels a job whoever works on it, or nobody. The higher token refuses whatever its worker
   * still brings.
   *
   * @return the job as it was before; empty if there is none
   */
  Optional<Job> cancel(Tenant tenant, String id) {
    Optional<Job> found =
        jdbc.sql(
                "SELECT %s FROM jobs WHERE id = :id AND tenant = :tenant FOR UPDATE"
                    .formatted(JobRows.COLUMNS))
            .param("id", id)
            .param("tenant", tenant.id())
            .query(JobRows::job)
            .optional();
    found.filter(job -> !job.status().isFinal()).ifPresent(this::cancel);
    return found;
  }

  private void cancel(Job job) {
    jdbc.sql(
            """
            UPDATE jobs
               SET status = 'cancelled', error = :error, finished_at = now(),
                   fencing_token = fencing_token + 1, lease_owner = NULL, lease_until = NULL
             WHERE id = :id
            """)
        .param("error", JobEvents.CANCELLED)
        .param("id", job.id())
        .update();
    // Whatever happens, the first event of a job is its start.
    publish(
        job,
        job.status() == JobStatus.QUEUED
            ? List.of(started(job), JobEvents.cancelled(job))
            : List.of(JobEvents.cancelled(job)));
  }

  private void insertResult(ClaimedJob claimed, CompletedPlugin plugin) {
    jdbc.sql(
            """
            INSERT INTO job_plugin_results
              (job_id, position, plugin, tenant, processed_items, duration_ms, own_metrics, output)
            VALUES
              (:jobId, :position, :plugin, :tenant, :items, :durationMs, :own::json, :output::json)
            """)
        .param("jobId", claimed.job().id())
        .param("position", claimed.job().completedPlugins())
        .param("plugin", plugin.name())
        .param("tenant", claimed.job().tenant().id())
        .param("items", plugin.processedItems())
        .param("durationMs", plugin.durationMs())
        .param("own", WireJson.mapper().writeValueAsString(plugin.ownMetrics()))
        .param("output", WireJson.mapper().writeValueAsString(plugin.output()))
        .update();
  }

  private void publish(Job job, List<? extends JobEvent> happened) {
    events.append(job.tenant(), job.id(), job.id(), happened);
  }

  private record Started(Job job, boolean first, Duration remaining, int claimsWithoutOutcome) {}

  private JobEvent.Started started(Job job) {
    return JobEvents.started(job, shown.of(job.definition()));
  }
}

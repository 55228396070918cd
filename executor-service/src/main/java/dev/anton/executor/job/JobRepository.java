package dev.anton.executor.job;

import dev.anton.api.page.PageRequest;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The jobs as clients see them: put in, looked up, listed. */
@Repository
class JobRepository {

  private final JdbcClient jdbc;

  JobRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Puts a job in, due at once. */
  @Transactional // for the Idempotency-Key, which is marked in the same transaction
  void insert(String id, Tenant tenant, JobDefinition definition) {
    jdbc.sql(
            """
            INSERT INTO jobs (id, tenant, status, input, plugins, retries, timeout_ms)
            VALUES (:id, :tenant, 'queued', :input::json, :plugins, :retries, :timeoutMs)
            """)
        .param("id", id)
        .param("tenant", tenant.id())
        .param("input", WireJson.mapper().writeValueAsString(definition.input()))
        .param("plugins", definition.plugins().toArray(String[]::new))
        .param("retries", definition.retries())
        .param("timeoutMs", definition.timeout().toMillis())
        .update();
  }

  Optional<Job> find(Tenant tenant, String id) {
    return jdbc.sql(
            "SELECT %s FROM jobs WHERE id = :id AND tenant = :tenant".formatted(JobRows.COLUMNS))
        .param("id", id)
        .param("tenant", tenant.id())
        .query(JobRows::job)
        .optional();
  }

  /** In the order in which they ran. */
  List<CompletedPlugin> completedPlugins(String jobId) {
    return jdbc.sql(
            """
            SELECT plugin, processed_items, duration_ms, own_metrics, output
              FROM job_plugin_results
             WHERE job_id = :jobId
             ORDER BY position
            """)
        .param("jobId", jobId)
        .query(JobRows::completedPlugin)
        .list();
  }

  /**
   * The newest first, without their inputs.
   *
   * @return one row more than the page holds if there is a next page
   */
  List<Job> list(Tenant tenant, @Nullable JobStatus status, PageRequest page) {
    return jdbc.sql(
            """
            SELECT %s
              FROM jobs
             WHERE tenant = :tenant%s%s
             ORDER BY id DESC
             LIMIT :limit
            """
                .formatted(
                    JobRows.COLUMNS.replace("input", "'null' AS input"),
                    status == null ? "" : " AND status = :status",
                    page.after() == null ? "" : " AND id < :after"))
        .param("tenant", tenant.id())
        .param("status", status == null ? null : status.wireName())
        .param("after", page.after())
        .param("limit", page.limit() + 1)
        .query(JobRows::job)
        .list();
  }
}

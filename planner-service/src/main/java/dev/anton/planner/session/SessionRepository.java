package dev.anton.planner.session;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.lease.Lease;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sessions in PostgreSQL. Writes that belong to a worker carry its fencing token and the state that
 * they start from: a late one changes nothing.
 */
@Repository
class SessionRepository {

  private final JdbcClient jdbc;

  SessionRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Session session) {
    jdbc.sql(
            """
            INSERT INTO planning_sessions (
                   id, tenant, status, step, prompt, requested_name, execute, config, traceparent,
                   version, created_at, step_at)
            VALUES (:id, :tenant, :status, :step, :prompt, :name, :execute, :config::json,
                   :traceparent, :version, :now, :now)
            """)
        .param("id", session.id())
        .param("tenant", session.tenant().id())
        .param("status", session.status().wire())
        .param("step", session.step().wire())
        .param("prompt", session.request().prompt())
        .param("name", session.request().projectName())
        .param("execute", session.request().execute())
        .param("config", json(session.request().configOrDefault()))
        .param("traceparent", session.traceparent())
        .param("version", session.version())
        .param("now", session.times().createdAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<Session> find(String id) {
    return jdbc.sql("SELECT " + SessionRow.COLUMNS + " FROM planning_sessions WHERE id = :id")
        .param("id", id)
        .query(SessionRow::read)
        .optional();
  }

  Optional<Session> find(Tenant tenant, String id) {
    return find(id).filter(session -> session.tenant().equals(tenant));
  }

  /** Newest first, without briefs and plans. */
  Page<Session> list(Tenant tenant, @Nullable SessionStatus status, PageRequest page) {
    List<Session> rows =
        jdbc.sql(
                "SELECT "
                    + SessionRow.COLUMNS_OF_LISTS
                    + """
                      FROM planning_sessions
                     WHERE tenant = :tenant
                       AND (:status::text IS NULL OR status = :status)
                       AND (:after::text IS NULL OR id < :after)
                     ORDER BY id DESC
                     LIMIT :limit
                    """)
            .param("tenant", tenant.id())
            .param("status", status == null ? null : status.wire())
            .param("after", page.after())
            .param("limit", page.limit() + 1)
            .query(SessionRow::read)
            .list();
    return Page.of(rows, page, Session::id);
  }

  /**
   * Takes the session from one step to the next, if the lease still holds and nobody has ended the
   * session meanwhile.
   *
   * @return the session's new version; empty if nothing was changed
   */
  Optional<Long> advance(Lease lease, Transition transition, Instant now) {
    return jdbc.sql(
            """
            UPDATE planning_sessions
               SET status = :status,
                   step = :step,
                   brief = coalesce(:brief::json, brief),
                   project_name = coalesce(:projectName, project_name),
                   output_dir = coalesce(:outputDir, output_dir),
                   plan = coalesce(:plan::json, plan),
                   planning = coalesce(:planning::json, planning),
                   review = coalesce(:review::json, review),
                   error = :error,
                   execution_id = :executionId,
                   discard = :status = 'failed' AND project_name IS NOT NULL,
                   version = version + :events,
                   started_at = coalesce(started_at, :now),
                   step_at = :now,
                   finished_at = CASE WHEN :status IN ('completed', 'failed') THEN :now END
             WHERE id = :id
               AND fencing_token = :token
               AND status IN ('queued', 'running')
               AND step = :from
            RETURNING version
            """)
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .param("from", transition.from().wire())
        .param("status", transition.status().wire())
        .param("step", transition.step().wire())
        .param("brief", json(transition.findings().brief()))
        .param("projectName", Objects.toString(transition.findings().projectName(), null))
        .param("outputDir", Objects.toString(transition.findings().outputDir(), null))
        .param("plan", json(transition.findings().plan()))
        .param("planning", json(transition.findings().planning()))
        .param("review", json(transition.findings().review()))
        .param("error", transition.error())
        .param("executionId", transition.executionId())
        .param("events", transition.events().size())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .optional();
  }

  /**
   * Notes the project's name and folder before the folder is made.
   *
   * @return whether the lease still holds and the session still runs
   */
  boolean assignProject(Lease lease, Session.Findings findings) {
    return jdbc.sql(
                """
                UPDATE planning_sessions
                   SET project_name = :projectName, output_dir = :outputDir
                 WHERE id = :id
                   AND fencing_token = :token
                   AND status = 'running'
                   AND step = 'project-created'
                   AND project_name IS NULL
                """)
            .param("id", lease.id())
            .param("token", lease.fencingToken())
            .param("projectName", Objects.toString(findings.projectName(), null))
            .param("outputDir", Objects.toString(findings.outputDir(), null))
            .update()
        == 1;
  }

  /**
   * Ends the session whoever works on it.
   *
   * @return the session's new version; empty if it had ended before
   */
  Optional<Long> cancel(Tenant tenant, String id, Instant now) {
    return jdbc.sql(
            """
            UPDATE planning_sessions
               SET status = 'cancelled',
                   discard = project_name IS NOT NULL,
                   version = version + 1,
                   due_at = now(),
                   finished_at = :now
             WHERE id = :id AND tenant = :tenant AND status IN ('queued', 'running')
            RETURNING version
            """)
        .param("id", id)
        .param("tenant", tenant.id())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .optional();
  }

  /** Notes that nothing of the ended session is left; false if the lease was lost. */
  boolean discarded(Lease lease) {
    return jdbc.sql(
                """
                UPDATE planning_sessions
                   SET discard = false, output_dir = NULL
                 WHERE id = :id AND fencing_token = :token AND discard
                """)
            .param("id", lease.id())
            .param("token", lease.fencingToken())
            .update()
        == 1;
  }

  /** Whether the lease still holds and nobody has ended the session. */
  boolean isWorkedOn(Lease lease) {
    return jdbc.sql(
                """
                SELECT count(*)
                  FROM planning_sessions
                 WHERE id = :id AND fencing_token = :token AND status IN ('queued', 'running')
                """)
            .param("id", lease.id())
            .param("token", lease.fencingToken())
            .query(Integer.class)
            .single()
        == 1;
  }

  /** Leaves the session alone for a while; does nothing if the lease was lost. */
  void postpone(Lease lease, Duration delay) {
    jdbc.sql(
            """
            UPDATE planning_sessions
               SET due_at = now() + make_interval(secs => :seconds)
             WHERE id = :id AND fencing_token = :token
            """)
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .param("seconds", delay.toMillis() / 1000.0)
        .update();
  }

  /** When the oldest session that nobody has begun with was made; empty if there is none. */
  Optional<Instant> oldestQueued() {
    return jdbc.sql(
            """
            SELECT created_at
              FROM planning_sessions
             WHERE status = 'queued'
             ORDER BY id
             LIMIT 1
            """)
        .query((row, n) -> row.getObject("created_at", OffsetDateTime.class).toInstant())
        .optional();
  }

  private static @Nullable String json(@Nullable Object value) {
    return value == null ? null : WireJson.mapper().writeValueAsString(value);
  }
}

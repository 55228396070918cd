package dev.anton.executor.view;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.executor.schedule.NodeState;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.time.Timestamps;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Reads executions for clients. */
@Component
public class ExecutionViews {

  private static final String SUMMARY =
      """
      SELECT e.id, e.status, e.control, e.session_id, e.retry_of, e.project_name, e.output_dir,
        e.fail_fast, e.max_concurrency, e.created_at, e.started_at, e.finished_at, e.error,
        n.total, n.pending, n.running, n.retrying, n.completed, n.failed, n.skipped, n.cancelled
      FROM executions e
      CROSS JOIN LATERAL (
        SELECT count(*) AS total,
          count(*) FILTER (WHERE state = 'pending') AS pending,
          count(*) FILTER (WHERE state = 'running') AS running,
          count(*) FILTER (WHERE state = 'retrying') AS retrying,
          count(*) FILTER (WHERE state = 'completed') AS completed,
          count(*) FILTER (WHERE state = 'failed') AS failed,
          count(*) FILTER (WHERE state = 'skipped') AS skipped,
          count(*) FILTER (WHERE state = 'cancelled') AS cancelled
        FROM execution_nodes
        WHERE execution_id = e.id) n
      """;

  /**
   * @param project its folder
   * @param json as it is stored
   */
  record Output(Path project, JsonNode json) {}

  private final JdbcClient jdbc;

  ExecutionViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @throws ProblemException if the tenant has no such execution
   */
  public ExecutionSummary summary(Tenant tenant, String executionId) {
    return jdbc.sql(SUMMARY + " WHERE e.tenant = :tenant AND e.id = :id")
        .param("tenant", tenant.id())
        .param("id", executionId)
        .query((row, _) -> summary(row))
        .optional()
        .orElseThrow(() -> ProblemException.notFound("execution", executionId));
  }

  /** The tenant's executions, newest first. */
  Page<ExecutionSummary> list(
      Tenant tenant,
      @Nullable String sessionId,
      @Nullable ExecutionStatus status,
      PageRequest page) {
    List<ExecutionSummary> rows =
        jdbc.sql(
                SUMMARY
                    + """
                     WHERE e.tenant = :tenant
                       AND (:sessionId::text IS NULL OR e.session_id = :sessionId)
                       AND (:status::text IS NULL OR e.status = :status)
                       AND (:after::text IS NULL OR e.id < :after)
                     ORDER BY e.id DESC
                     LIMIT :limit
                    """)
            .param("tenant", tenant.id())
            .param("sessionId", sessionId)
            .param("status", status == null ? null : status.wireName())
            .param("after", page.after())
            .param("limit", page.limit() + 1)
            .query((row, _) -> summary(row))
            .list();
    return Page.of(rows, page, ExecutionSummary::executionId);
  }

  /**
   * @throws ProblemException if the tenant has no such execution
   */
  @Transactional(readOnly = true)
  ExecutionView execution(Tenant tenant, String executionId) {
    ExecutionSummary summary = summary(tenant, executionId);
    Map<String, Plan.Node> planned = new HashMap<>();
    plan(tenant, executionId).nodes().forEach(node -> planned.put(node.id(), node));
    List<NodeView> nodes =
        jdbc.sql(
                """
                SELECT node_id, state, attempt, due_at, started_at, finished_at, output, error,
                  reused
                FROM execution_nodes
                WHERE execution_id = :id AND tenant = :tenant
                ORDER BY position
                """)
            .param("id", executionId)
            .param("tenant", tenant.id())
            .query((row, _) -> node(row, planned))
            .list();
    return new ExecutionView(summary, nodes);
  }

  /**
   * Where a node stands.
   *
   * @throws ProblemException if the tenant has no such node
   */
  NodeState nodeState(Tenant tenant, String executionId, String nodeId) {
    return jdbc.sql(
            """
            SELECT state
            FROM execution_nodes
            WHERE execution_id = :id AND node_id = :nodeId AND tenant = :tenant
            """)
        .param("id", executionId)
        .param("nodeId", nodeId)
        .param("tenant", tenant.id())
        .query(String.class)
        .optional()
        .map(NodeState::of)
        .orElseThrow(
            () -> ProblemException.notFound("node", nodeId + " of execution " + executionId));
  }

  /** What a node has handed on, as it is stored, if it has. */
  Optional<Output> output(Tenant tenant, String executionId, String nodeId) {
    return jdbc.sql(
            """
            SELECT n.output, e.output_dir
            FROM execution_nodes n
            JOIN executions e ON e.id = n.execution_id
            WHERE n.execution_id = :id AND n.node_id = :nodeId AND n.tenant = :tenant
              AND n.output IS NOT NULL
            """)
        .param("id", executionId)
        .param("nodeId", nodeId)
        .param("tenant", tenant.id())
        .query(
            (row, _) ->
                new Output(
                    Path.of(row.getString("output_dir")),
                    WireJson.mapper().readTree(row.getString("output"))))
        .optional();
  }

  private Plan plan(Tenant tenant, String executionId) {
    return WireJson.mapper()
        .readValue(
            jdbc.sql("SELECT plan FROM executions WHERE id = :id AND tenant = :tenant")
                .param("id", executionId)
                .param("tenant", tenant.id())
                .query(String.class)
                .single(),
            Plan.class);
  }

  private static ExecutionSummary summary(ResultSet row) throws SQLException {
    Instant startedAt = instant(row, "started_at");
    Instant finishedAt = instant(row, "finished_at");
    return new ExecutionSummary(
        row.getString("id"),
        row.getString("status"),
        row.getString("control"),
        row.getString("session_id"),
        row.getString("retry_of"),
        row.getString("project_name"),
        row.getString("output_dir"),
        new ExecutionSummary.Config(row.getBoolean("fail_fast"), row.getInt("max_concurrency")),
        new ExecutionSummary.Nodes(
            row.getInt("pending"),
            row.getInt("running"),
            row.getInt("retrying"),
            row.getInt("completed"),
            row.getInt("failed"),
            row.getInt("skipped"),
            row.getInt("cancelled")),
        row.getInt("total"),
        Timestamps.format(row.getObject("created_at", OffsetDateTime.class).toInstant()),
        wire(startedAt),
        wire(finishedAt),
        millis(startedAt, finishedAt),
        row.getString("error"));
  }

  private static NodeView node(ResultSet row, Map<String, Plan.Node> planned) throws SQLException {
    Plan.Node node = planned.get(row.getString("node_id"));
    if (node == null) {
      throw new IllegalStateException("A node is not in its plan");
    }
    Instant startedAt = instant(row, "started_at");
    Instant finishedAt = instant(row, "finished_at");
    String output = row.getString("output");
    return new NodeView(
        node.id(),
        node.label(),
        node.type(),
        node.runner(),
        node.dependencies(),
        node.condition(),
        row.getString("state"),
        row.getInt("attempt"),
        wire(startedAt),
        wire(finishedAt),
        millis(startedAt, finishedAt),
        wire(instant(row, "due_at")),
        output == null ? null : WireJson.mapper().readTree(output),
        row.getString("error"),
        row.getBoolean("reused"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable String wire(@Nullable Instant time) {
    return time == null ? null : Timestamps.format(time);
  }

  private static @Nullable Long millis(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? null : Duration.between(from, to).toMillis();
  }
}

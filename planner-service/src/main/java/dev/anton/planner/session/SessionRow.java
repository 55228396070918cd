package dev.anton.planner.session;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.model.PlanningReport;
import dev.anton.planner.project.ProjectName;
import dev.anton.planner.review.ReviewReport;
import dev.anton.planner.session.Session.Findings;
import dev.anton.planner.session.Session.Times;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code planning_sessions}. */
final class SessionRow {

  /** Without the plan, which is large. */
  static final String COLUMNS_OF_LISTS =
      """
      id, tenant, status, step, prompt, requested_name, execute, config, traceparent,
      project_name, output_dir, error, execution_id, version, discard,
      created_at, started_at, finished_at, NULL AS brief, NULL AS plan, NULL AS planning, NULL AS review,
      json_array_length(plan -> 'nodes') AS node_count
      """;

  static final String COLUMNS =
      """
      id, tenant, status, step, prompt, requested_name, execute, config, traceparent,
      project_name, output_dir, error, execution_id, version, discard,
      created_at, started_at, finished_at, brief, plan, planning, review,
      json_array_length(plan -> 'nodes') AS node_count
      """;

  private SessionRow() {}

  static Session read(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getString("id"),
        new Tenant(row.getString("tenant")),
        new PlanRequest(
            row.getString("prompt"),
            row.getString("requested_name"),
            row.getBoolean("execute"),
            WireJson.mapper().readValue(row.getString("config"), PlanConfig.class)),
        SessionStatus.parse(row.getString("status")).orElseThrow(),
        Step.of(row.getString("step")),
        new Findings(
            optional(row, "brief", json -> WireJson.mapper().readValue(json, ProjectBrief.class)),
            optional(row, "project_name", ProjectName::new),
            optional(row, "output_dir", Path::of),
            optional(row, "plan", json -> WireJson.mapper().readValue(json, Plan.class)),
            optional(row, "node_count", Integer::valueOf),
            optional(
                row, "planning", json -> WireJson.mapper().readValue(json, PlanningReport.class)),
            optional(row, "review", json -> WireJson.mapper().readValue(json, ReviewReport.class))),
        optional(row, "error", Function.identity()),
        optional(row, "execution_id", Function.identity()),
        row.getLong("version"),
        row.getBoolean("discard"),
        row.getString("traceparent"),
        new Times(
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row, "started_at"),
            instant(row, "finished_at")));
  }

  private static <T> @Nullable T optional(ResultSet row, String column, Function<String, T> reading)
      throws SQLException {
    String text = row.getString(column);
    return text == null ? null : reading.apply(text);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

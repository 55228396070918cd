package dev.anton.executor.job;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** How the tables' rows become records. */
final class JobRows {

  /** All that {@link #job} reads. */
  static final String COLUMNS =
      """
      id, tenant, status, input, plugins, retries, timeout_ms, completed_plugins, attempt, error,
      created_at, due_at, started_at, finished_at
      """;

  private static final TypeReference<LinkedHashMap<String, JsonNode>> METRICS =
      new TypeReference<>() {};

  private JobRows() {}

  static Job job(ResultSet row, int number) throws SQLException {
    return new Job(
        row.getString("id"),
        new Tenant(row.getString("tenant")),
        new JobDefinition(
            WireJson.mapper().readTree(row.getString("input")),
            List.of((String[]) row.getArray("plugins").getArray()),
            row.getInt("retries"),
            Duration.ofMillis(row.getLong("timeout_ms"))),
        JobStatus.of(row.getString("status")).orElseThrow(),
        row.getInt("completed_plugins"),
        row.getInt("attempt"),
        row.getString("error"),
        new Job.Times(
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("due_at", OffsetDateTime.class).toInstant(),
            instant(row, "started_at"),
            instant(row, "finished_at")));
  }

  static CompletedPlugin completedPlugin(ResultSet row, int number) throws SQLException {
    Map<String, JsonNode> own = WireJson.mapper().readValue(row.getString("own_metrics"), METRICS);
    return new CompletedPlugin(
        row.getString("plugin"),
        row.getLong("processed_items"),
        row.getLong("duration_ms"),
        own,
        WireJson.mapper().readTree(row.getString("output")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

package dev.anton.executor.execution;

import static dev.anton.executor.execution.Columns.booleans;
import static dev.anton.executor.execution.Columns.instant;
import static dev.anton.executor.execution.Columns.integers;
import static dev.anton.executor.execution.Columns.texts;

import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.ProjectFolder;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.ExecutionProgress;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.executor.schedule.NodeProgress;
import dev.anton.executor.schedule.NodeState;
import dev.anton.executor.stream.EventStream;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Queues executions and reads them back. What happens to them in between is {@link Commits}'. */
@Component
public class ExecutionStore {

  private record NodeRow(
      String executionId,
      String tenant,
      int position,
      String nodeId,
      boolean reused,
      @Nullable String output) {}

  private final JdbcClient jdbc;
  private final EventStream stream;

  ExecutionStore(JdbcClient jdbc, EventStream stream) {
    this.jdbc = jdbc;
    this.stream = stream;
  }

  /**
   * Queues executions, all or none. One whose id is known already is passed over: to queue it twice
   * has the effect of once.
   *
   * @return the ids that were new
   */
  @Transactional
  public Set<String> queue(List<NewExecution> executions) {
    return queue(executions, null);
  }

  /**
   * As {@link #queue(List)}, but with a holder from the first moment: nobody has to claim them.
   * Each new one has the fencing token {@link FirstLease#FENCING_TOKEN}.
   *
   * @param lease null for none
   */
  @Transactional
  public Set<String> queue(List<NewExecution> executions, @Nullable FirstLease lease) {
    Map<String, NewExecution> byId = new LinkedHashMap<>();
    executions.forEach(execution -> byId.putIfAbsent(execution.definition().id(), execution));
    Set<String> added = insertExecutions(byId.values(), lease);
    List<NewExecution> fresh =
        byId.values().stream().filter(e -> added.contains(e.definition().id())).toList();
    insertNodes(fresh);
    fresh.stream()
        .filter(execution -> execution.lastSequence() > 0)
        // The rows of the streams are locked in one order, whoever queues.
        .sorted((a, b) -> a.definition().streamKey().compareTo(b.definition().streamKey()))
        .forEach(
            execution ->
                stream.open(
                    execution.definition().tenant(),
                    execution.definition().streamKey(),
                    execution.lastSequence()));
    return added;
  }

  /** Reads executions; those that do not exist are left out. */
  @Transactional(readOnly = true)
  public Map<String, StoredExecution> load(Collection<String> ids) {
    String[] wanted = ids.toArray(String[]::new);
    Map<String, Map<String, NodeProgress>> nodes = new HashMap<>();
    jdbc.sql(
            """
            SELECT execution_id, node_id, state, attempt, interruptions, due_at, started_at
            FROM execution_nodes
            WHERE execution_id = ANY (:ids)
            """)
        .param("ids", wanted)
        .query(
            row -> {
              nodes
                  .computeIfAbsent(row.getString("execution_id"), _ -> new HashMap<>())
                  .put(row.getString("node_id"), nodeProgress(row));
            });
    Map<String, StoredExecution> found = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT id, tenant, session_id, retry_of, project_name, output_dir, plan, max_concurrency,
              fail_fast, traceparent, status, control, version, error, started_at, finished_at
            FROM executions
            WHERE id = ANY (:ids)
            """)
        .param("ids", wanted)
        .query(
            row -> {
              String id = row.getString("id");
              found.put(id, stored(row, nodes.getOrDefault(id, Map.of())));
            });
    return found;
  }

  /** The outputs, as JSON, of an execution's completed nodes by their ids; null where none. */
  public Map<String, @Nullable String> completedOutputs(Tenant tenant, String executionId) {
    Map<String, @Nullable String> outputs = new HashMap<>();
    jdbc.sql(
            """
            SELECT node_id, output
            FROM execution_nodes
            WHERE execution_id = :id AND tenant = :tenant AND state = 'completed'
            """)
        .param("id", executionId)
        .param("tenant", tenant.id())
        .query(
            row -> {
              outputs.put(row.getString("node_id"), row.getString("output"));
            });
    return outputs;
  }

  /** The outputs of those of the nodes that completed with one, by their ids. */
  public Map<String, JsonNode> outputs(
      Tenant tenant, String executionId, Collection<String> nodeIds) {
    Map<String, JsonNode> outputs = new HashMap<>();
    jdbc.sql(
            """
            SELECT node_id, output
            FROM execution_nodes
            WHERE execution_id = :id AND tenant = :tenant AND node_id = ANY (:nodeIds)
              AND state = 'completed' AND output IS NOT NULL
            """)
        .param("id", executionId)
        .param("tenant", tenant.id())
        .param("nodeIds", nodeIds.toArray(String[]::new))
        .query(
            row -> {
              outputs.put(
                  row.getString("node_id"), WireJson.mapper().readTree(row.getString("output")));
            });
    return outputs;
  }

  private Set<String> insertExecutions(
      Collection<NewExecution> executions, @Nullable FirstLease lease) {
    List<ExecutionDefinition> rows = executions.stream().map(NewExecution::definition).toList();
    return new HashSet<>(
        jdbc.sql(
                """
                INSERT INTO executions (id, tenant, session_id, retry_of, project_name, output_dir,
                  plan, max_concurrency, fail_fast, traceparent, lease_owner, lease_until,
                  fencing_token)
                SELECT *, :owner, now() + make_interval(secs => :leaseSeconds), :fencingToken
                FROM unnest(:ids::text[], :tenants::text[], :sessionIds::text[], :retryOfs::text[],
                  :projectNames::text[], :outputDirs::text[], :plans::text[],
                  :maxConcurrencies::integer[], :failFasts::boolean[], :traceparents::text[])
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """)
            .param("ids", texts(rows, ExecutionDefinition::id))
            .param("tenants", texts(rows, row -> row.tenant().id()))
            .param("sessionIds", texts(rows, row -> row.origin().sessionId()))
            .param("retryOfs", texts(rows, ExecutionDefinition::retryOf))
            .param("projectNames", texts(rows, row -> row.folder().projectName()))
            .param("outputDirs", texts(rows, row -> row.folder().path()))
            .param("plans", texts(rows, row -> WireJson.mapper().writeValueAsString(row.plan())))
            .param("maxConcurrencies", integers(rows, row -> row.settings().maxConcurrency()))
            .param("failFasts", booleans(rows, row -> row.settings().failFast()))
            .param("traceparents", texts(rows, row -> row.origin().traceparent()))
            .param("owner", lease == null ? null : lease.owner(), Types.VARCHAR)
            .param(
                "leaseSeconds",
                lease == null ? null : lease.duration().toMillis() / 1000.0,
                Types.DOUBLE)
            .param("fencingToken", lease == null ? 0 : FirstLease.FENCING_TOKEN)
            .query(String.class)
            .list());
  }

  private void insertNodes(List<NewExecution> executions) {
    List<NodeRow> rows = new ArrayList<>();
    for (NewExecution execution : executions) {
      ExecutionDefinition definition = execution.definition();
      int position = 0;
      for (Plan.Node node : definition.plan().nodes()) {
        boolean reused = execution.reused().containsKey(node.id());
        rows.add(
            new NodeRow(
                definition.id(),
                definition.tenant().id(),
                position++,
                node.id(),
                reused,
                execution.reused().get(node.id())));
      }
    }
    jdbc.sql(
            """
            INSERT INTO execution_nodes
              (execution_id, tenant, position, node_id, state, reused, output)
            SELECT execution_id, tenant, position, node_id,
              CASE WHEN reused THEN 'completed' ELSE 'pending' END, reused, output
            FROM unnest(:executionIds::text[], :tenants::text[], :positions::integer[],
                :nodeIds::text[], :reused::boolean[], :outputs::text[])
              AS node (execution_id, tenant, position, node_id, reused, output)
            """)
        .param("executionIds", texts(rows, NodeRow::executionId))
        .param("tenants", texts(rows, NodeRow::tenant))
        .param("positions", integers(rows, NodeRow::position))
        .param("nodeIds", texts(rows, NodeRow::nodeId))
        .param("reused", booleans(rows, NodeRow::reused))
        .param("outputs", texts(rows, NodeRow::output))
        .update();
  }

  private static StoredExecution stored(ResultSet row, Map<String, NodeProgress> nodes)
      throws SQLException {
    ExecutionDefinition definition =
        new ExecutionDefinition(
            row.getString("id"),
            new Origin(
                new Tenant(row.getString("tenant")),
                row.getString("session_id"),
                row.getString("traceparent")),
            row.getString("retry_of"),
            new ProjectFolder(row.getString("project_name"), row.getString("output_dir")),
            WireJson.mapper().readValue(row.getString("plan"), Plan.class),
            new RunSettings(row.getInt("max_concurrency"), row.getBoolean("fail_fast")));
    return new StoredExecution(
        definition,
        Control.of(row.getString("control")),
        row.getLong("version"),
        new ExecutionProgress(
            ExecutionStatus.of(row.getString("status")),
            instant(row, "started_at"),
            instant(row, "finished_at"),
            row.getString("error")),
        nodes);
  }

  private static NodeProgress nodeProgress(ResultSet row) throws SQLException {
    return new NodeProgress(
        NodeState.of(row.getString("state")),
        row.getInt("attempt"),
        row.getInt("interruptions"),
        instant(row, "due_at"),
        instant(row, "started_at"));
  }
}

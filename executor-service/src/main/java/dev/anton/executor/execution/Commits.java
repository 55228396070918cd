package dev.anton.executor.execution;

import static dev.anton.executor.execution.Columns.booleans;
import static dev.anton.executor.execution.Columns.integers;
import static dev.anton.executor.execution.Columns.texts;
import static dev.anton.executor.execution.Columns.timestamp;

import dev.anton.executor.execution.Commit.Result;
import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.Decision;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.executor.schedule.NodeChange;
import dev.anton.executor.stream.Append;
import dev.anton.executor.stream.EventStream;
import dev.anton.schemas.json.WireJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * The only place where executions and their nodes move. State and events of many executions are
 * written in one transaction of four statements, each execution with its own answer: locks are
 * taken in the order executions (sorted), nodes, streams (sorted).
 */
@Component
class Commits {

  private record Row(long version, long fencingToken, Control control, ExecutionStatus status) {}

  private record NodeRow(String executionId, NodeChange change) {}

  private final JdbcClient jdbc;
  private final EventStream stream;

  Commits(JdbcClient jdbc, EventStream stream) {
    this.jdbc = jdbc;
    this.stream = stream;
  }

  /**
   * Writes those that hold and answers for each, in order. A commit that was written before,
   * because the answer to it was lost, is {@link Result#DONE} and changes nothing.
   *
   * @param commits of different executions
   * @throws IllegalStateException if a node is not where its change starts from; nothing is written
   */
  @Transactional
  public List<Result> write(List<Commit> commits) {
    Map<String, Row> rows = lock(commits);
    List<Result> results = new ArrayList<>(commits.size());
    List<Commit> accepted = new ArrayList<>(commits.size());
    for (Commit commit : commits) {
      Row row = rows.get(commit.definition().id());
      if (row == null || row.fencingToken() != commit.lease().fencingToken()) {
        results.add(Result.LEASE_LOST);
      } else if (row.version() == commit.version() + 1) {
        results.add(Result.DONE);
      } else if (row.version() != commit.version() || row.status().isFinal()) {
        results.add(Result.LEASE_LOST);
      } else if (row.control() != commit.control()) {
        results.add(Result.CONTROL_CHANGED);
      } else {
        results.add(Result.DONE);
        accepted.add(commit);
      }
    }
    if (!accepted.isEmpty()) {
      moveExecutions(accepted);
      moveNodes(accepted);
      stream.append(accepted.stream().map(Commits::append).toList());
    }
    return results;
  }

  private Map<String, Row> lock(List<Commit> commits) {
    Map<String, Row> rows = new HashMap<>();
    jdbc.sql(
            """
            SELECT id, version, fencing_token, control, status
            FROM executions
            WHERE id = ANY (:ids)
            ORDER BY id
            FOR UPDATE
            """)
        .param("ids", texts(commits, commit -> commit.definition().id()))
        .query(
            row -> {
              rows.put(
                  row.getString("id"),
                  new Row(
                      row.getLong("version"),
                      row.getLong("fencing_token"),
                      Control.of(row.getString("control")),
                      ExecutionStatus.of(row.getString("status"))));
            });
    return rows;
  }

  private void moveExecutions(List<Commit> commits) {
    List<Decision> decisions = commits.stream().map(Commit::decision).toList();
    jdbc.sql(
            """
            UPDATE executions AS e
            SET version = e.version + 1,
              status = next.status,
              started_at = next.started_at,
              finished_at = next.finished_at,
              error = next.error,
              wake_at = coalesce(next.wake_at, e.wake_at),
              lease_owner = CASE WHEN next.lets_go THEN NULL ELSE e.lease_owner END,
              lease_until = CASE WHEN next.lets_go THEN NULL ELSE e.lease_until END
            FROM unnest(:ids::text[], :statuses::text[], :startedAts::timestamptz[],
                :finishedAts::timestamptz[], :errors::text[], :wakeAts::timestamptz[],
                :letsGos::boolean[])
              AS next (id, status, started_at, finished_at, error, wake_at, lets_go)
            WHERE e.id = next.id
            """)
        .param("ids", texts(commits, commit -> commit.definition().id()))
        .param("statuses", texts(decisions, d -> d.execution().status().wireName()))
        .param("startedAts", texts(decisions, d -> timestamp(d.execution().startedAt())))
        .param("finishedAts", texts(decisions, d -> timestamp(d.execution().finishedAt())))
        .param("errors", texts(decisions, d -> d.execution().error()))
        .param("wakeAts", texts(decisions, d -> timestamp(wakeAt(d))))
        .param("letsGos", booleans(decisions, Decision::letsGo))
        .update();
  }

  private void moveNodes(List<Commit> commits) {
    List<NodeRow> rows = new ArrayList<>();
    for (Commit commit : commits) {
      for (NodeChange change : commit.decision().nodes()) {
        rows.add(new NodeRow(commit.definition().id(), change));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    int moved =
        jdbc.sql(
                """
                UPDATE execution_nodes AS n
                SET state = next.state,
                  attempt = next.attempt,
                  interruptions = next.interruptions,
                  due_at = next.due_at,
                  started_at = next.started_at,
                  finished_at = next.finished_at,
                  output = next.output,
                  error = next.error
                FROM unnest(:executionIds::text[], :nodeIds::text[], :fromStates::text[],
                    :fromAttempts::integer[], :states::text[], :attempts::integer[],
                    :interruptions::integer[], :dueAts::timestamptz[], :startedAts::timestamptz[],
                    :finishedAts::timestamptz[], :outputs::text[], :errors::text[])
                  AS next (execution_id, node_id, from_state, from_attempt, state, attempt,
                    interruptions, due_at, started_at, finished_at, output, error)
                WHERE n.execution_id = next.execution_id
                  AND n.node_id = next.node_id
                  AND n.state = next.from_state
                  AND n.attempt = next.from_attempt
                """)
            .param("executionIds", texts(rows, NodeRow::executionId))
            .param("nodeIds", texts(rows, row -> row.change().nodeId()))
            .param("fromStates", texts(rows, row -> row.change().from().state().wireName()))
            .param("fromAttempts", integers(rows, row -> row.change().from().attempt()))
            .param("states", texts(rows, row -> row.change().to().state().wireName()))
            .param("attempts", integers(rows, row -> row.change().to().attempt()))
            .param("interruptions", integers(rows, row -> row.change().to().interruptions()))
            .param("dueAts", texts(rows, row -> timestamp(row.change().to().dueAt())))
            .param("startedAts", texts(rows, row -> timestamp(row.change().to().startedAt())))
            .param("finishedAts", texts(rows, row -> timestamp(row.change().finishedAt())))
            .param("outputs", texts(rows, row -> json(row.change().ending().output())))
            .param("errors", texts(rows, row -> row.change().ending().error()))
            .update();
    if (moved != rows.size()) {
      throw new IllegalStateException(
          moved + " of " + rows.size() + " nodes were where their change starts from");
    }
  }

  private static Append append(Commit commit) {
    ExecutionDefinition definition = commit.definition();
    return new Append(
        definition.tenant(),
        definition.streamKey(),
        definition.id(),
        commit.decision().events(),
        definition.origin().traceparent());
  }

  private static @Nullable Instant wakeAt(Decision decision) {
    if (!decision.rest().idle()) {
      return null;
    }
    Instant until = decision.rest().until();
    return until == null ? Instant.MAX : until;
  }

  private static @Nullable String json(@Nullable JsonNode output) {
    return output == null ? null : WireJson.mapper().writeValueAsString(output);
  }
}

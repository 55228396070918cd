package dev.anton.executor.control;

import dev.anton.api.problem.ProblemException;
import dev.anton.executor.run.Engine;
import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.schemas.id.Tenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what people want of an execution. Whoever holds it obeys; one that nobody holds
 * becomes due, so that somebody claims it and obeys. From the moment this returns no node starts
 * against it, since every commit compares.
 */
@Component
class ExecutionControl {

  private static final Logger log = LoggerFactory.getLogger(ExecutionControl.class);

  private record Row(ExecutionStatus status, Control control) {}

  private final JdbcClient jdbc;
  private final Engine engine;

  ExecutionControl(JdbcClient jdbc, Engine engine) {
    this.jdbc = jdbc;
    this.engine = engine;
  }

  /**
   * Asking for what is so already does nothing.
   *
   * @throws ProblemException if there is no such execution, or it has ended, or is being cancelled
   */
  void ask(Tenant tenant, String executionId, Control wanted) {
    int changed =
        jdbc.sql(
                """
                UPDATE executions
                SET control = :wanted, wake_at = least(wake_at, now())
                WHERE id = :id
                  AND tenant = :tenant
                  AND status IN ('queued', 'running', 'paused')
                  AND control NOT IN ('cancel', :wanted)
                """)
            .param("wanted", wanted.wireName())
            .param("id", executionId)
            .param("tenant", tenant.id())
            .update();
    if (changed == 0) {
      explain(tenant, executionId, wanted);
      return;
    }
    log.info("Execution {} is asked to {}", executionId, wanted.wireName());
    engine.tell(executionId, wanted);
  }

  private void explain(Tenant tenant, String executionId, Control wanted) {
    Row row =
        jdbc.sql("SELECT status, control FROM executions WHERE id = :id AND tenant = :tenant")
            .param("id", executionId)
            .param("tenant", tenant.id())
            .query(
                (result, _) ->
                    new Row(
                        ExecutionStatus.of(result.getString("status")),
                        Control.of(result.getString("control"))))
            .optional()
            .orElseThrow(() -> ProblemException.notFound("execution", executionId));
    boolean isSo =
        row.status().isFinal()
            ? wanted == Control.CANCEL && row.status() == ExecutionStatus.CANCELLED
            : row.control() == wanted;
    if (isSo) {
      return;
    }
    throw row.status().isFinal()
        ? ProblemException.conflict(
            "execution-ended", "The execution has ended: it is " + row.status().wireName())
        : ProblemException.conflict("execution-cancelling", "The execution is being cancelled");
  }
}

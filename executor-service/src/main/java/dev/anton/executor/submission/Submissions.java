package dev.anton.executor.submission;

import dev.anton.api.problem.ProblemException;
import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.ProjectFolder;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.execution.NewExecution;
import dev.anton.executor.execution.StoredExecution;
import dev.anton.executor.run.Engine;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.executor.workspace.Workspace;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Turns what people ask for into queued executions. Each method answers with the new one's id. */
@Component
class Submissions {

  private static final Logger log = LoggerFactory.getLogger(Submissions.class);

  private final PlanAcceptance acceptance;
  private final Planner planner;
  private final Workspace workspace;
  private final ExecutionStore store;
  private final Engine engine;

  Submissions(
      PlanAcceptance acceptance,
      Planner planner,
      Workspace workspace,
      ExecutionStore store,
      Engine engine) {
    this.acceptance = acceptance;
    this.planner = planner;
    this.workspace = workspace;
    this.store = store;
    this.engine = engine;
  }

  /** Runs the plan of a planning session. */
  String runSession(Origin origin, String sessionId, RunSettings settings, Selection selection) {
    PlannedSession session = planner.sentSession(origin.tenant(), sessionId);
    JsonNode json = session.plan();
    if (!session.status().equals("completed") || json == null) {
      throw ProblemException.conflict(
          "plan-not-completed",
          "The session " + sessionId + " is " + session.status() + "; only a completed plan runs");
    }
    Plan plan = selection.of(acceptance.accept(json, "/plan"), "/config");
    String id = Ids.execution();
    return queue(
        NewExecution.of(
            new ExecutionDefinition(
                id,
                origin,
                null,
                folder(origin.tenant(), plan, id, session.outputDir()),
                plan,
                settings),
            session.lastSequence()));
  }

  /** Runs a plan that was handed in. */
  String runPlan(Origin origin, JsonNode json, RunSettings settings, Selection selection) {
    Plan plan = selection.of(acceptance.accept(json, "/plan"), "/config");
    String id = Ids.execution();
    ProjectFolder folder = folder(origin.tenant(), plan, id, null);
    return queue(
        NewExecution.of(new ExecutionDefinition(id, origin, null, folder, plan, settings), 0));
  }

  /** Runs again what had not completed, or what is chosen. */
  String retry(Tenant tenant, String executionId, Selection selection) {
    StoredExecution before = store.load(List.of(executionId)).get(executionId);
    if (before == null || !before.definition().tenant().equals(tenant)) {
      throw ProblemException.notFound("execution", executionId);
    }
    ExecutionStatus status = before.progress().status();
    boolean chosen = !selection.equals(Selection.ALL);
    if (!status.isFinal() || (status == ExecutionStatus.COMPLETED && !chosen)) {
      throw ProblemException.conflict(
          "not-retryable",
          "The execution is "
              + status.wireName()
              + "; a failed or cancelled one can be retried, and a completed one from a node");
    }
    ExecutionDefinition definition = before.definition();
    Map<String, @Nullable String> reused =
        new HashMap<>(store.completedOutputs(tenant, executionId));
    reused.keySet().removeAll(selection.anew(definition.plan()));
    return queue(
        new NewExecution(
            new ExecutionDefinition(
                Ids.execution(),
                definition.origin(),
                executionId,
                definition.folder(),
                selection.of(definition.plan(), ""),
                definition.settings()),
            0,
            reused));
  }

  private String queue(NewExecution execution) {
    engine.queue(execution);
    ExecutionDefinition definition = execution.definition();
    log.info(
        "Queued execution {} of {} nodes, session {}, retry of {}",
        definition.id(),
        definition.plan().nodes().size(),
        definition.origin().sessionId(),
        definition.retryOf());
    return definition.id();
  }

  private ProjectFolder folder(
      Tenant tenant, Plan plan, String executionId, @Nullable String outputDir) {
    String name = plan.projectName().isEmpty() ? null : plan.projectName();
    try {
      Path folder =
          outputDir == null
              ? workspace.projectFolder(tenant, name == null ? executionId : name)
              : workspace.projectFolder(tenant, Path.of(outputDir));
      return new ProjectFolder(name, folder.toString());
    } catch (IOException e) {
      log.warn("Cannot make the project folder of {}: {}", executionId, e.getMessage());
      throw ProblemException.unavailable(
          "workspace-unavailable", "The project's folder cannot be made in the workspace");
    }
  }
}

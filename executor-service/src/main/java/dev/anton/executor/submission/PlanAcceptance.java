package dev.anton.executor.submission;

import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.executor.execution.PlanDurations;
import dev.anton.executor.runner.Runners;
import dev.anton.executor.submission.PlanReader.Reading;
import dev.anton.executor.workspace.Workspace;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.PlanFinding;
import dev.anton.schemas.plan.PlanValidation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Decides whether a plan can be run here. */
@Component
class PlanAcceptance {

  /** Nobody reads more, and an answer with thousands helps nobody. */
  private static final int MAX_ERRORS = 50;

  private static final int MAX_ATTEMPTS = 20;

  private final SubmissionProperties properties;
  private final Runners runners;

  PlanAcceptance(SubmissionProperties properties, Runners runners) {
    this.properties = properties;
    this.runners = runners;
  }

  /**
   * Reads and checks a plan.
   *
   * @param at JSON pointer to the plan, for the errors
   * @throws ProblemException if it cannot be run
   */
  Plan accept(JsonNode json, String at) {
    Plan plan = acceptGraph(json, at);
    List<FieldError> unknown = new ArrayList<>();
    for (int i = 0; i < plan.nodes().size(); i++) {
      String pointer = at + "/nodes/" + i + "/runner";
      runners
          .refusal(plan.nodes().get(i).runner())
          .ifPresent(reason -> unknown.add(new FieldError(pointer, reason)));
    }
    refuse("unknown-runner", unknown);
    return plan;
  }

  /**
   * As {@link #accept}, but a runner that is not installed is let through: its node will fail, for
   * all who follow the session to see.
   */
  Plan acceptGraph(JsonNode json, String at) {
    Reading reading = PlanReader.read(json, at);
    Plan plan = reading.plan();
    if (plan == null) {
      refuse("invalid-plan", reading.errors());
      throw new IllegalStateException("A plan without errors was not read");
    }
    if (plan.nodes().size() > properties.maxNodes()) {
      refuse(
          "plan-too-large",
          List.of(
              new FieldError(
                  at + "/nodes", "A plan has at most " + properties.maxNodes() + " nodes")));
    }
    List<PlanFinding> findings = PlanValidation.blockingFindings(plan);
    if (!findings.isEmpty()) {
      refuse(
          code(findings.getFirst()),
          findings.stream().map(f -> new FieldError(at + f.pointer(), f.detail())).toList());
    }
    refuse("invalid-plan", limits(plan, at));
    refuse("invalid-plan", NodeBindings.errors(plan, at));
    return plan;
  }

  private static String code(PlanFinding finding) {
    String code = finding.kind().code();
    return code.endsWith("-plan") ? code : "plan-" + code;
  }

  private static List<FieldError> limits(Plan plan, String at) {
    List<FieldError> errors = new ArrayList<>();
    if (!plan.projectName().isEmpty() && !Workspace.isProjectName(plan.projectName())) {
      errors.add(
          new FieldError(
              at + "/projectName",
              "projectName has 1 to 100 letters, digits, dots, dashes or underscores and"
                  + " starts with a letter or digit"));
    }
    for (int i = 0; i < plan.nodes().size(); i++) {
      Plan.Node node = plan.nodes().get(i);
      String where = at + "/nodes/" + i;
      duration(node.timeout(), where + "/timeout", errors);
      Plan.Retry retry = node.retry();
      if (retry != null) {
        if (retry.maxAttempts() < 1 || retry.maxAttempts() > MAX_ATTEMPTS) {
          errors.add(
              new FieldError(
                  where + "/retry/maxAttempts", "maxAttempts is from 1 to " + MAX_ATTEMPTS));
        }
        duration(retry.initialDelay(), where + "/retry/initialDelay", errors);
      }
    }
    return errors;
  }

  private static void duration(@Nullable String text, String where, List<FieldError> errors) {
    if (text == null) {
      return;
    }
    try {
      PlanDurations.parse(text);
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              where, "A duration such as 500ms, 30s or 10m, or PT30S, of at most 24 hours"));
    }
  }

  private static void refuse(String code, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ProblemException.badInput(
          code, errors.getFirst().detail(), errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }
  }
}

package dev.anton.planner.review;

import dev.anton.planner.review.Verdict.Accepted;
import dev.anton.planner.review.Verdict.Rejected;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanFinding;
import dev.anton.schemas.plan.PlanGraph;
import dev.anton.schemas.plan.PlanGraph.Edge;
import dev.anton.schemas.plan.PlanValidation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reviews plans, whoever made them. Reviewing what it has accepted changes nothing more. */
public final class PlanReviewer {

  /** A plan travels to the executor in one record of at most 256 KiB, with room for the rest. */
  static final int MAX_PLAN_BYTES = 240 * 1024;

  private PlanReviewer() {}

  /** Reviews by {@link Allowance#DEFAULT}. */
  public static Verdict review(Plan plan) {
    return review(plan, Allowance.DEFAULT);
  }

  /** Never throws, whatever the plan holds. */
  public static Verdict review(Plan plan, Allowance allowance) {
    List<Finding> blocking = new ArrayList<>();
    List<Finding> mended = new ArrayList<>();
    for (PlanFinding finding : PlanValidation.findings(plan)) {
      (finding.kind().isBlocking() ? blocking : mended).add(of(finding));
    }
    blocking.addAll(OutputReview.findings(plan));
    blocking.addAll(RunnerReview.findings(plan, allowance));
    if (plan.nodes().size() > allowance.maxNodes()) {
      blocking.add(
          new Finding(
              "too-many-nodes",
              "/nodes",
              "The plan has %d nodes, at most %d can be run"
                  .formatted(plan.nodes().size(), allowance.maxNodes())));
    }
    int bytes = WireJson.write(plan).length;
    if (bytes > MAX_PLAN_BYTES) {
      blocking.add(
          new Finding(
              "plan-too-large",
              "",
              "The plan has %d bytes, at most %d can be handed on"
                  .formatted(bytes, MAX_PLAN_BYTES)));
    }
    if (!blocking.isEmpty()) {
      return new Rejected(blocking);
    }
    Set<Edge> superfluous = new HashSet<>(PlanGraph.of(plan).transitiveEdges());
    mended.addAll(transitive(plan, superfluous));
    Plan reduced = Reduction.without(superfluous, plan);
    return new Accepted(reduced, mended, PlanGraph.of(reduced).criticalPath());
  }

  private static Finding of(PlanFinding finding) {
    return new Finding(finding.kind().code(), finding.pointer(), finding.detail());
  }

  private static List<Finding> transitive(Plan plan, Set<Edge> superfluous) {
    List<Finding> findings = new ArrayList<>();
    for (int n = 0; n < plan.nodes().size(); n++) {
      Node node = plan.nodes().get(n);
      for (int d = 0; d < node.dependencies().size(); d++) {
        String dependency = node.dependencies().get(d);
        if (superfluous.contains(new Edge(node.id(), dependency))) {
          findings.add(
              new Finding(
                  PlanFinding.Kind.TRANSITIVE_DEPENDENCY.code(),
                  "/nodes/%d/dependencies/%d".formatted(n, d),
                  "Node %s waits for %s anyway through its other dependencies"
                      .formatted(node.id(), dependency)));
        }
      }
    }
    return findings;
  }
}

package dev.anton.planner.review;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanGraph;
import dev.anton.schemas.plan.PlanGraph.Edge;
import java.util.List;
import java.util.Set;

/** Takes dependencies out of a plan that follow from others. */
public final class Reduction {

  private Reduction() {}

  /** The same order of running with as few dependencies as it takes. */
  public static List<Node> of(List<Node> nodes) {
    Plan plan = new Plan("p", "d", nodes);
    return without(Set.copyOf(PlanGraph.of(plan).transitiveEdges()), plan).nodes();
  }

  static Plan without(Set<Edge> superfluous, Plan plan) {
    return new Plan(
        plan.projectName(),
        plan.description(),
        plan.nodes().stream()
            .map(
                node ->
                    node.withDependencies(
                        node.dependencies().stream()
                            .distinct()
                            .filter(on -> !superfluous.contains(new Edge(node.id(), on)))
                            .toList()))
            .toList());
  }
}

package dev.anton.executor.submission;

import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which nodes of a plan are run.
 *
 * @param only these and what they need; empty: all
 * @param from in a retry, these and all that comes after them run again although they had
 *     completed; empty: nothing does
 */
record Selection(List<String> only, List<String> from) {

  static final Selection ALL = new Selection(List.of(), List.of());

  Selection {
    only = List.copyOf(only);
    from = List.copyOf(from);
  }

  /**
   * What is left of the plan.
   *
   * @param at JSON pointer to where the nodes are chosen
   * @throws ProblemException if one of the nodes is not there
   */
  Plan of(Plan plan, String at) {
    Ancestry ancestry = new Ancestry(plan);
    refuseUnknown(only, ancestry, at + "/only");
    refuseUnknown(from, ancestry, at + "/from");
    if (only.isEmpty()) {
      return plan;
    }
    Set<String> kept = ancestry.withAncestors(only);
    return new Plan(
        plan.projectName(),
        plan.description(),
        plan.nodes().stream().filter(node -> kept.contains(node.id())).toList());
  }

  /** The nodes that run again whatever has become of them before. */
  Set<String> anew(Plan plan) {
    return only.isEmpty() ? new Ancestry(plan).withDescendants(from) : Set.copyOf(only);
  }

  private static void refuseUnknown(List<String> ids, Ancestry ancestry, String at) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (!ancestry.contains(ids.get(i))) {
        errors.add(new FieldError(at + "/" + i, "The plan has no node " + ids.get(i)));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.badInput("unknown-node", errors.getFirst().detail(), errors);
    }
  }
}

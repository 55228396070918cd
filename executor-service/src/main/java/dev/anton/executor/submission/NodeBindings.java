package dev.anton.executor.submission;

import dev.anton.api.problem.FieldError;
import dev.anton.executor.condition.Condition;
import dev.anton.executor.condition.InvalidConditionException;
import dev.anton.executor.reference.InputReferences;
import dev.anton.executor.reference.UnresolvedReferenceException;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks what nodes say of other nodes besides depending on them: a condition or an input may look
 * only at those that have ended by then, the node's ancestors.
 */
final class NodeBindings {

  /**
   * @param where JSON pointer to what looks
   */
  private record Look(String from, String at, String where) {

    FieldError error() {
      return new FieldError(
          where,
          "%s looks at %s, which is none of the nodes before it; name it in dependencies, or"
                  .formatted(from, at)
              + " write $${nodes… for the text itself");
    }
  }

  private final Ancestry ancestry;
  private final List<FieldError> errors = new ArrayList<>();

  /** By the node looked at, those that are not at a direct dependency. */
  private final Map<String, List<Look>> farther = new LinkedHashMap<>();

  private NodeBindings(Plan plan) {
    this.ancestry = new Ancestry(plan);
  }

  /**
   * @param plan one whose graph can be run
   * @param at JSON pointer to the plan
   */
  static List<FieldError> errors(Plan plan, String at) {
    NodeBindings bindings = new NodeBindings(plan);
    for (int i = 0; i < plan.nodes().size(); i++) {
      Plan.Node node = plan.nodes().get(i);
      bindings.readInputs(node, at + "/nodes/" + i + "/inputs");
      bindings.readCondition(node, at + "/nodes/" + i + "/condition");
    }
    bindings.checkFarther();
    return bindings.errors;
  }

  private void readInputs(Plan.Node node, String where) {
    try {
      look(node, InputReferences.nodes(node.inputs()), where);
    } catch (UnresolvedReferenceException e) {
      errors.add(new FieldError(where, String.valueOf(e.getMessage())));
    }
  }

  private void readCondition(Plan.Node node, String where) {
    String condition = node.condition();
    if (condition == null) {
      return;
    }
    try {
      look(node, Condition.parse(condition).nodes(), where);
    } catch (InvalidConditionException e) {
      errors.add(new FieldError(where, String.valueOf(e.getMessage())));
    }
  }

  private void look(Plan.Node node, Collection<String> named, String where) {
    Set<String> direct = named.isEmpty() ? Set.of() : new HashSet<>(node.dependencies());
    for (String other : named) {
      Look look = new Look(node.id(), other, where);
      if (!ancestry.contains(other)) {
        errors.add(look.error());
      } else if (!direct.contains(other)) {
        farther.computeIfAbsent(other, _ -> new ArrayList<>()).add(look);
      }
    }
  }

  /** Sixty-four nodes at a time: to go through the plan for each look would take minutes. */
  private void checkFarther() {
    List<String> all = List.copyOf(farther.keySet());
    for (int from = 0; from < all.size(); from += Long.SIZE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + Long.SIZE));
      Map<String, Long> after = ancestry.after(some);
      for (int i = 0; i < some.size(); i++) {
        long bit = 1L << i;
        farther.getOrDefault(some.get(i), List.of()).stream()
            .filter(look -> (after.getOrDefault(look.from(), 0L) & bit) == 0)
            .map(Look::error)
            .forEach(errors::add);
      }
    }
  }
}

package dev.anton.executor.submission;

import dev.anton.api.problem.FieldError;
import dev.anton.executor.condition.Condition;
import dev.anton.executor.condition.InvalidConditionException;
import dev.anton.executor.reference.InputReferences;
import dev.anton.executor.reference.UnresolvedReferenceException;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Checks what nodes say of other nodes besides depending on them: a condition or an input may look
 * only at those that have ended by then, the node's ancestors.
 */
final class NodeBindings {

  private final Ancestry ancestry;
  private final List<FieldError> errors = new ArrayList<>();

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
      bindings.checkInputs(node, at + "/nodes/" + i + "/inputs");
      bindings.checkCondition(node, at + "/nodes/" + i + "/condition");
    }
    return bindings.errors;
  }

  private void checkInputs(Plan.Node node, String where) {
    try {
      checkAncestors(node, InputReferences.nodes(node.inputs()), where);
    } catch (UnresolvedReferenceException e) {
      errors.add(new FieldError(where, String.valueOf(e.getMessage())));
    }
  }

  private void checkCondition(Plan.Node node, String where) {
    String condition = node.condition();
    if (condition == null) {
      return;
    }
    try {
      checkAncestors(node, Condition.parse(condition).nodes(), where);
    } catch (InvalidConditionException e) {
      errors.add(new FieldError(where, String.valueOf(e.getMessage())));
    }
  }

  private void checkAncestors(Plan.Node node, Collection<String> named, String where) {
    for (String other : named) {
      if (!ancestry.isAncestor(other, node.id())) {
        errors.add(
            new FieldError(
                where,
                "%s looks at %s, which is none of the nodes before it; name it in dependencies, or"
                        .formatted(node.id(), other)
                    + " write $${nodes… for the text itself"));
      }
    }
  }
}

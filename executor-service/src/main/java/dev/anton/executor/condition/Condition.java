package dev.anton.executor.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The condition under which a node runs: an expression in CEL (Common Expression Language) that
 * gives true or false on {@code inputs}, the node's own, and {@code nodes}, those that it names:
 * {@code nodes.test.output.exitCode == 0 && inputs.deploy}, {@code nodes["a-b"].state == "failed"}.
 *
 * <p>It has no loops and makes no new texts or lists. What it costs is therefore bounded by its
 * length times the size of what it looks at, and the same values get the same answer on whatever
 * replica and however busy that is.
 */
public final class Condition {

  /** As long as a condition may be, in characters. */
  public static final int MAX_LENGTH = ConditionLanguage.MAX_LENGTH;

  private static final int MAX_REASON = 300;

  private final String text;
  private final Program program;
  private final Set<String> nodes;

  Condition(String text, Program program, Set<String> nodes) {
    this.text = text;
    this.program = program;
    this.nodes = Set.copyOf(nodes);
  }

  /**
   * A node as conditions see it.
   *
   * @param state its wire name, such as {@code completed}
   * @param output of a completed node, if it has one
   */
  public record SeenNode(String state, @Nullable JsonNode output) {}

  /**
   * @throws InvalidConditionException if it cannot be accepted
   */
  public static Condition parse(String text) throws InvalidConditionException {
    return ConditionLanguage.compile(text);
  }

  /** The ids of the nodes that it looks at. */
  public Set<String> nodes() {
    return nodes;
  }

  public String text() {
    return text;
  }

  /**
   * @param seen has all {@link #nodes()}
   * @throws ConditionFailedException if it says neither yes nor no: a field is not there, say
   */
  public boolean holds(JsonNode inputs, Map<String, SeenNode> seen)
      throws ConditionFailedException {
    Map<String, Object> values = new HashMap<>();
    seen.forEach((id, node) -> values.put(id, ConditionValues.of(node)));
    try {
      Object result =
          program.eval(
              Map.of(
                  ConditionLanguage.INPUTS,
                  ConditionValues.of(inputs),
                  ConditionLanguage.NODES,
                  values));
      if (result instanceof Boolean answer) {
        return answer;
      }
      throw failed("it gives neither true nor false");
    } catch (CelEvaluationException | RuntimeException e) {
      throw failed(told(e));
    }
  }

  /** Without the values of arguments: they may be large, and nobody's business. */
  private static String told(Exception e) {
    String message = String.valueOf(e.getMessage());
    int arguments = message.indexOf(" with arg(s) ");
    Throwable cause = e.getCause();
    return arguments < 0
        ? message
        : message.substring(0, arguments) + (cause == null ? "" : ": " + cause.getMessage());
  }

  private static ConditionFailedException failed(String why) {
    String reason = "Its condition says neither yes nor no: " + why;
    return new ConditionFailedException(
        reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
  }
}

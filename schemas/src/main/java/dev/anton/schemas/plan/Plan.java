package dev.anton.schemas.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A directed acyclic graph of nodes; {@code dependencies} is the only truth about order. */
public record Plan(String projectName, String description, List<Node> nodes) {

  public Plan {
    nodes = List.copyOf(nodes);
  }

  /**
   * One piece of work.
   *
   * @param id unique within the plan
   * @param type what kind of work it is, for people: {@code scaffold}, {@code code}, {@code test} …
   * @param label a short title
   * @param instructions what is to be done, in words
   * @param runner the name of the runner that does it, such as {@code template} or {@code command}
   * @param dependencies ids of the nodes that must have completed before
   * @param inputs what the runner reads; its shape is the runner's own, always a JSON object
   * @param acceptance sentences that hold when the node is done
   * @param retry absent: one attempt
   * @param timeout of one attempt, ISO-8601 duration or {@code 30s}-like; absent: the runner's own
   * @param condition an expression in CEL under which the node runs, asked when all its
   *     dependencies have ended; absent: it runs if all of them completed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Node(
      String id,
      String type,
      String label,
      String instructions,
      String runner,
      List<String> dependencies,
      JsonNode inputs,
      List<String> acceptance,
      @Nullable Retry retry,
      @Nullable String timeout,
      @Nullable String condition) {

    public Node {
      dependencies = List.copyOf(dependencies);
      acceptance = List.copyOf(acceptance);
    }

    /** One without a condition. */
    public Node(
        String id,
        String type,
        String label,
        String instructions,
        String runner,
        List<String> dependencies,
        JsonNode inputs,
        List<String> acceptance,
        @Nullable Retry retry,
        @Nullable String timeout) {
      this(
          id,
          type,
          label,
          instructions,
          runner,
          dependencies,
          inputs,
          acceptance,
          retry,
          timeout,
          null);
    }

    /** The same, depending on other nodes. */
    public Node withDependencies(List<String> others) {
      return new Node(
          id,
          type,
          label,
          instructions,
          runner,
          others,
          inputs,
          acceptance,
          retry,
          timeout,
          condition);
    }

    /** The same with other inputs. */
    public Node withInputs(JsonNode others) {
      return new Node(
          id,
          type,
          label,
          instructions,
          runner,
          dependencies,
          others,
          acceptance,
          retry,
          timeout,
          condition);
    }
  }

  /**
   * @param maxAttempts attempts in all, the first included; at least 1
   * @param initialDelay before the second attempt, such as {@code 2s}; absent: the executor's
   *     default
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Retry(int maxAttempts, @Nullable String initialDelay) {}
}

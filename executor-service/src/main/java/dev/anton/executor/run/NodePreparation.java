package dev.anton.executor.run;

import dev.anton.executor.condition.Condition;
import dev.anton.executor.condition.Condition.SeenNode;
import dev.anton.executor.condition.ConditionFailedException;
import dev.anton.executor.condition.InvalidConditionException;
import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.output.NodeOutputFiles;
import dev.anton.executor.output.UnusableOutputException;
import dev.anton.executor.reference.InputReferences;
import dev.anton.executor.reference.UnresolvedReferenceException;
import dev.anton.executor.schedule.Decision.Launch;
import dev.anton.executor.schedule.NodeState;
import dev.anton.executor.schedule.Turn;
import dev.anton.executor.schedule.Verdict;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What has to be known before nodes of one execution start: whether their conditions hold, and what
 * their inputs are. Outputs are read when they are needed, so that a plan with neither costs
 * nothing; those that are kept in files, one at a time.
 */
final class NodePreparation {

  /**
   * A node that starts.
   *
   * @param node with its inputs filled in
   * @param error why it cannot be run, if it cannot
   */
  record Prepared(Launch launch, Plan.Node node, @Nullable String error) {}

  private static final Logger log = LoggerFactory.getLogger(NodePreparation.class);

  /** Reads of an output in a row that fail, with a pause after each, before it counts as lost. */
  private static final int MAX_FAILED_READS = 20;

  private final ExecutionDefinition definition;
  private final ExecutionStore store;
  private final Map<String, Plan.Node> nodes = new HashMap<>();
  private final Map<String, Integer> failedReads = new HashMap<>();

  NodePreparation(ExecutionDefinition definition, ExecutionStore store) {
    this.definition = definition;
    this.store = store;
    definition.plan().nodes().forEach(node -> nodes.put(node.id(), node));
  }

  Map<String, Plan.Node> nodes() {
    return nodes;
  }

  /**
   * Asks the conditions that are to be asked now, until there are none.
   *
   * @throws org.springframework.dao.DataAccessException if outputs cannot be read
   * @throws UncheckedIOException if an output's file cannot be read now
   */
  void decide(Turn turn) {
    for (List<String> undecided = turn.undecided();
        !undecided.isEmpty();
        undecided = turn.undecided()) {
      for (String nodeId : undecided) {
        // Fail-fast may have skipped it since.
        if (turn.state(nodeId) == NodeState.PENDING) {
          turn.decide(nodeId, verdict(node(nodeId), turn));
        }
      }
    }
  }

  /**
   * The nodes that the turn has started.
   *
   * @throws org.springframework.dao.DataAccessException if outputs cannot be read
   * @throws UncheckedIOException if an output's file cannot be read now
   */
  List<Prepared> prepare(Turn turn) {
    return turn.launches().stream().map(launch -> prepared(launch, turn)).toList();
  }

  private Prepared prepared(Launch launch, Turn turn) {
    Plan.Node node = node(launch.nodeId());
    try {
      return new Prepared(launch, node.withInputs(inputs(node, turn)), null);
    } catch (UnresolvedReferenceException e) {
      return new Prepared(launch, node, String.valueOf(e.getMessage()));
    }
  }

  private Verdict verdict(Plan.Node node, Turn turn) {
    String text = node.condition();
    if (text == null) {
      return new Verdict.Holds();
    }
    try {
      Condition condition = Condition.parse(text);
      Map<String, JsonNode> outputs = outputs(condition.nodes(), turn);
      Map<String, SeenNode> seen = new HashMap<>();
      for (String id : condition.nodes()) {
        seen.put(id, new SeenNode(turn.state(id).wireName(), outputs.get(id)));
      }
      return condition.holds(inputs(node, turn), seen)
          ? new Verdict.Holds()
          : new Verdict.DoesNotHold("Its condition is false: " + text);
    } catch (ConditionFailedException
        | InvalidConditionException
        | UnresolvedReferenceException e) {
      return new Verdict.Undecidable(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode inputs(Plan.Node node, Turn turn) throws UnresolvedReferenceException {
    Set<String> needed = InputReferences.nodes(node.inputs());
    if (needed.isEmpty()) {
      return InputReferences.resolve(node.inputs(), _ -> Optional.empty());
    }
    // As they are stored: each is small, or says in which file it is.
    Map<String, JsonNode> stored = outputs(needed, turn);
    return InputReferences.resolve(node.inputs(), new LastRead(stored)::output);
  }

  private JsonNode whole(String nodeId, JsonNode stored) throws UnresolvedReferenceException {
    try {
      JsonNode whole = NodeOutputFiles.whole(Path.of(definition.folder().path()), stored);
      failedReads.remove(nodeId);
      return whole;
    } catch (UnusableOutputException e) {
      throw new UnresolvedReferenceException("The output of " + nodeId + ' ' + e.getMessage());
    } catch (IOException e) {
      if (failedReads.merge(nodeId, 1, Integer::sum) < MAX_FAILED_READS) {
        throw new UncheckedIOException(e);
      }
      log.warn("Cannot read the output of {} of {}", nodeId, definition.id(), e);
      throw new UnresolvedReferenceException(
          "The output of " + nodeId + " cannot be read any more");
    }
  }

  /** Several references in a row mostly look at the same output. */
  private final class LastRead {

    private final Map<String, JsonNode> stored;
    private String id = "";
    private @Nullable JsonNode whole;

    LastRead(Map<String, JsonNode> stored) {
      this.stored = stored;
    }

    Optional<JsonNode> output(String nodeId) throws UnresolvedReferenceException {
      JsonNode output = stored.get(nodeId);
      if (output == null) {
        return Optional.empty();
      }
      if (!nodeId.equals(id)) {
        whole = NodePreparation.this.whole(nodeId, output);
        id = nodeId;
      }
      return Optional.ofNullable(whole);
    }
  }

  private Map<String, JsonNode> outputs(Set<String> nodeIds, Turn turn) {
    Map<String, JsonNode> fresh = turn.outputs();
    Map<String, JsonNode> outputs = new HashMap<>();
    Set<String> stored =
        nodeIds.stream().filter(id -> !fresh.containsKey(id)).collect(Collectors.toSet());
    if (!stored.isEmpty()) {
      outputs.putAll(store.outputs(definition.tenant(), definition.id(), stored));
    }
    nodeIds.stream().filter(fresh::containsKey).forEach(id -> outputs.put(id, fresh.get(id)));
    return outputs;
  }

  private Plan.Node node(String id) {
    Plan.Node node = nodes.get(id);
    if (node == null) {
      throw new IllegalStateException("There is no node " + id);
    }
    return node;
  }
}

package dev.anton.executor.runner;

import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeLog;
import dev.anton.schemas.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * One attempt of a node, as its runner sees it.
 *
 * @param outputs read when a runner asks, since most do not
 */
record Attempt(
    ExecutionDefinition execution,
    Plan.Node node,
    int attempt,
    Surroundings surroundings,
    Supplier<Map<String, JsonNode>> outputs)
    implements NodeContext {

  record Surroundings(Duration timeout, Map<String, String> settings, NodeLog log) {}

  @Override
  public String executionId() {
    return execution.id();
  }

  @Override
  public String nodeId() {
    return node.id();
  }

  @Override
  public String label() {
    return node.label();
  }

  @Override
  public String instructions() {
    return node.instructions();
  }

  @Override
  public JsonNode inputs() {
    return node.inputs();
  }

  @Override
  public Map<String, JsonNode> dependencyOutputs() {
    return outputs.get();
  }

  @Override
  public Path projectFolder() {
    return Path.of(execution.folder().path());
  }

  @Override
  public Duration timeout() {
    return surroundings.timeout();
  }

  @Override
  public Map<String, String> settings() {
    return surroundings.settings();
  }

  @Override
  public NodeLog log() {
    return surroundings.log();
  }
}

package dev.anton.plugin.testkit;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeLog;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A first attempt of a node, as an executor would make it, for use in tests.
 *
 * @param projectFolder absolute and existing
 * @param logged the lines of the node's log so far
 */
public record RunnerAttempt(
    Path projectFolder,
    JsonNode inputs,
    String instructions,
    Map<String, JsonNode> dependencyOutputs,
    Map<String, String> settings,
    List<String> logged)
    implements NodeContext {

  /**
   * An attempt without settings and instructions.
   *
   * @param inputs JSON text, as in the plan
   */
  public static RunnerAttempt in(Path projectFolder, String inputs) {
    return new RunnerAttempt(
        projectFolder,
        JsonMapper.shared().readTree(inputs),
        "",
        Map.of(),
        Map.of(),
        new CopyOnWriteArrayList<>());
  }

  /** The same attempt with the operator's settings. */
  public RunnerAttempt with(Map<String, String> others) {
    return new RunnerAttempt(
        projectFolder,
        inputs,
        instructions,
        dependencyOutputs,
        others,
        new CopyOnWriteArrayList<>());
  }

  /** The same attempt of a node that says in words what is to be done. */
  public RunnerAttempt told(String words) {
    return new RunnerAttempt(
        projectFolder, inputs, words, dependencyOutputs, settings, new CopyOnWriteArrayList<>());
  }

  /** Makes the attempt on the calling thread. */
  public NodeResult by(NodeRunner runner) throws Exception {
    return runner.run(this);
  }

  @Override
  public String executionId() {
    return "exe_019aa9d2b4e873f1a6c9d8e7f5b3a201";
  }

  @Override
  public String nodeId() {
    return "node";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public String label() {
    return "The label";
  }

  @Override
  public Duration timeout() {
    return Duration.ofMinutes(1);
  }

  @Override
  public NodeLog log() {
    return logged::add;
  }
}

package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A first attempt in the given folder. */
record FakeContext(
    Path projectFolder, JsonNode inputs, Map<String, String> settings, List<String> logged)
    implements NodeContext {

  static FakeContext in(Path folder, String inputs) {
    return in(folder, inputs, Map.of());
  }

  static FakeContext in(Path folder, String inputs, Map<String, String> settings) {
    return new FakeContext(
        folder, JsonMapper.shared().readTree(inputs), settings, new CopyOnWriteArrayList<>());
  }

  @Override
  public String executionId() {
    return "exe_1";
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
  public String instructions() {
    return "";
  }

  @Override
  public Map<String, JsonNode> dependencyOutputs() {
    return Map.of();
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

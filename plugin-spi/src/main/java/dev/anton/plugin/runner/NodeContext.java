package dev.anton.plugin.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What one attempt of a node is given. */
public interface NodeContext {

  /** Names the execution in whatever the runner does outside, such as {@code exe_…}. */
  String executionId();

  /** The node's id, unique within its plan. */
  String nodeId();

  /** Counts from 1. */
  int attempt();

  /** The node's short title. */
  String label();

  /** What is to be done, in words. */
  String instructions();

  /** What the plan gives this runner, always a JSON object. */
  JsonNode inputs();

  /** The outputs of the nodes that this one depends on, by their ids. */
  Map<String, JsonNode> dependencyOutputs();

  /** The project's folder: absolute and existing. Nothing is to be written outside of it. */
  Path projectFolder();

  /** How long this attempt may take; the thread is interrupted after it. */
  Duration timeout();

  /** The operator's settings for this runner, as texts by their names; may be empty. */
  Map<String, String> settings();

  /** Where what people may want to read goes while the node runs. */
  NodeLog log();
}

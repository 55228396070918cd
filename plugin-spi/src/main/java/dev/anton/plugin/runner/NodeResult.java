package dev.anton.plugin.runner;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How an attempt ended. */
public sealed interface NodeResult {

  /**
   * The node is done.
   *
   * @param output what the node hands on, null if nothing; a large one is kept in a file and handed
   *     on by reference
   */
  record Completed(@Nullable JsonNode output) implements NodeResult {}

  /**
   * The attempt failed.
   *
   * @param error one sentence for people
   * @param retryable false if another attempt cannot end otherwise, such as for bad inputs
   */
  record Failed(String error, boolean retryable) implements NodeResult {}

  /** The node is done and hands nothing on. */
  static NodeResult completed() {
    return new Completed(null);
  }

  /**
   * The node is done.
   *
   * @param output its values are those that JSON knows, or lists and maps of them
   */
  static NodeResult completed(Map<String, ?> output) {
    return new Completed(JsonMapper.shared().valueToTree(output));
  }

  /**
   * The node is done.
   *
   * @param output what the node hands on
   */
  static NodeResult completed(JsonNode output) {
    return new Completed(output);
  }

  /** The attempt failed; another one may end otherwise. */
  static NodeResult failed(String error) {
    return new Failed(error, true);
  }

  /** The node's inputs cannot be accepted: no attempt can succeed. */
  static NodeResult badInput(String error) {
    return new Failed(error, false);
  }
}

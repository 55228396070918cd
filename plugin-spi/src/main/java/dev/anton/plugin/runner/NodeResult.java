package dev.anton.plugin.runner;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How an attempt ended. */
public sealed interface NodeResult {

  /**
   * @param output what the node hands on, null if nothing; a large one is kept in a file and handed
   *     on by reference
   */
  record Completed(@Nullable JsonNode output) implements NodeResult {}

  /**
   * @param error one sentence for people
   * @param retryable false if another attempt cannot end otherwise, such as for bad inputs
   */
  record Failed(String error, boolean retryable) implements NodeResult {}

  static NodeResult completed() {
    return new Completed(null);
  }

  /**
   * @param output its values are those that JSON knows, or lists and maps of them
   */
  static NodeResult completed(Map<String, ?> output) {
    return new Completed(JsonMapper.shared().valueToTree(output));
  }

  static NodeResult failed(String error) {
    return new Failed(error, true);
  }

  /** The node's inputs cannot be accepted: no attempt can succeed. */
  static NodeResult badInput(String error) {
    return new Failed(error, false);
  }
}

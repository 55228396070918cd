package dev.anton.executor.reference;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A place in the output of a node.
 *
 * @param written as it stands in the plan, for messages
 * @param path within the output
 */
record OutputReference(String written, String nodeId, JsonPointer path) {

  /**
   * @param outputs of completed nodes, by their ids
   * @throws UnresolvedReferenceException if there is nothing at that place
   */
  JsonNode resolve(NodeOutputSource outputs) throws UnresolvedReferenceException {
    JsonNode output =
        outputs
            .output(nodeId)
            .orElseThrow(
                () ->
                    new UnresolvedReferenceException(
                        "The input " + written + " has no value: " + nodeId + " has no output"));
    JsonNode value = output.at(path);
    if (value.isMissingNode()) {
      throw new UnresolvedReferenceException(
          "The input " + written + " has no value: the output of " + nodeId + " has no " + path);
    }
    return value;
  }
}

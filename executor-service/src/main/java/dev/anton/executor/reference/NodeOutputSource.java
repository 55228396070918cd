package dev.anton.executor.reference;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Outputs of completed nodes. Each is asked for when its turn comes, and not kept afterwards. */
@FunctionalInterface
public interface NodeOutputSource {

  /**
   * @return empty if the node has no output
   * @throws UnresolvedReferenceException if it has one that cannot be used
   */
  Optional<JsonNode> output(String nodeId) throws UnresolvedReferenceException;
}

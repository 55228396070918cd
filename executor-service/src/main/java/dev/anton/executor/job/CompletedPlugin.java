package dev.anton.executor.job;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A plugin of a job that succeeded.
 *
 * @param durationMs of the run that succeeded
 * @param ownMetrics what the plugin counted beside its items
 */
record CompletedPlugin(
    String name,
    long processedItems,
    long durationMs,
    Map<String, JsonNode> ownMetrics,
    JsonNode output) {

  /** As they go out: {@code processedItems}, {@code duration}, then the plugin's own. */
  Map<String, JsonNode> metrics() {
    Map<String, JsonNode> metrics = new LinkedHashMap<>();
    metrics.put("processedItems", JsonNodeFactory.instance.numberNode(processedItems));
    metrics.put("duration", JsonNodeFactory.instance.numberNode(durationMs));
    metrics.putAll(ownMetrics);
    return metrics;
  }
}

package dev.anton.plugin;

import tools.jackson.databind.JsonNode;

/**
 * What a run of a plugin leaves for those after it and for the client.
 *
 * @param output at most {@value #MAX_OUTPUT_BYTES} bytes as JSON; a larger one fails the plugin
 */
public record PluginResult(JsonNode output) {

  /** Of an output as JSON. */
  public static final int MAX_OUTPUT_BYTES = 1 << 20;
}

package dev.anton.executor.plugin;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides what a schema marks {@code writeOnly} (JSON Schema validation vocabulary, 9.4), wherever it
 * stands below {@code properties}.
 */
final class WriteOnly {

  private static final JsonNode HIDDEN = JsonNodeFactory.instance.stringNode("***");

  private WriteOnly() {}

  /** The same node if there is nothing to hide, else a copy. */
  static JsonNode hide(JsonNode schema, JsonNode value) {
    if (schema.path("writeOnly").asBoolean(false)) {
      return HIDDEN;
    }
    JsonNode properties = schema.path("properties");
    if (!value.isObject() || !properties.isObject()) {
      return value;
    }
    ObjectNode shown = null;
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode before = value.path(property.getKey());
      if (before.isMissingNode()) {
        continue;
      }
      JsonNode after = hide(property.getValue(), before);
      if (!after.equals(before)) {
        shown = shown == null ? ((ObjectNode) value).deepCopy() : shown;
        shown.set(property.getKey(), after);
      }
    }
    return shown == null ? value : shown;
  }
}

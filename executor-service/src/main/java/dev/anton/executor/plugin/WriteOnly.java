package dev.anton.executor.plugin;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides what a schema marks {@code writeOnly} (JSON Schema validation vocabulary, 9.4) itself or in
 * its {@code properties}, and theirs. A schema that marks anything else, such as the items of an
 * array, is refused: its author would take for hidden what is shown.
 */
final class WriteOnly {

  private static final String KEYWORD = "writeOnly";

  /** What stands there is a value, whatever it looks like. */
  private static final Set<String> VALUES = Set.of("const", "default", "enum", "examples");

  private WriteOnly() {}

  /**
   * @throws IllegalArgumentException if it marks something that would not be hidden
   */
  static void check(JsonNode schema) {
    checkHidden(schema, "");
  }

  /** A schema that is heeded. */
  private static void checkHidden(JsonNode schema, String at) {
    if (!schema.isObject() || schema.path(KEYWORD).asBoolean(false)) {
      return;
    }
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String where = at + '/' + keyword.getKey();
      if (keyword.getKey().equals("properties")) {
        keyword
            .getValue()
            .properties()
            .forEach(member -> checkHidden(member.getValue(), where + '/' + member.getKey()));
      } else if (!VALUES.contains(keyword.getKey())) {
        checkShown(keyword.getValue(), where);
      }
    }
  }

  /** Schemas that are not heeded, or what holds them. */
  private static void checkShown(JsonNode part, String at) {
    if (part.path(KEYWORD).isBoolean() && part.path(KEYWORD).booleanValue()) {
      throw new IllegalArgumentException(
          "writeOnly is heeded in the options themselves and in properties, not in " + at);
    }
    if (part.isArray()) {
      part.forEach(element -> checkShown(element, at));
    }
    for (Map.Entry<String, JsonNode> member : part.properties()) {
      if (!VALUES.contains(member.getKey())) {
        checkShown(member.getValue(), at + '/' + member.getKey());
      }
    }
  }

  /** The same node if there is nothing to hide, else a copy. */
  static JsonNode hide(JsonNode schema, JsonNode value) {
    if (schema.path(KEYWORD).asBoolean(false)) {
      return InstalledPlugin.HIDDEN;
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

package dev.anton.plugin.builtin;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Names a field of an item.
 *
 * @param steps from the item inwards; none means the item itself
 */
record FieldPath(List<String> steps) {

  /** Field names joined by dots, such as {@code author.name}; a dot alone is the item itself. */
  static FieldPath of(String text) {
    return new FieldPath(text.equals(".") ? List.of() : List.of(text.split("\\.", -1)));
  }

  /** A missing node if the item has no such field. */
  JsonNode in(JsonNode item) {
    JsonNode node = item;
    for (String step : steps) {
      node = node.path(step);
    }
    return node;
  }
}

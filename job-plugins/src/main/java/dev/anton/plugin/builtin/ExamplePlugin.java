package dev.anton.plugin.builtin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginResult;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The smallest plugin that does something real, to try a job with and to start one's own from: it
 * takes its data apart into items, counts them and gives the first ones back. An array's items are
 * its elements, an object's its values, a text's its words; anything else is one item.
 */
@Plugin(
    name = "example-plugin",
    description =
        "Counts the items of its data (elements of an array, values of an object, words of a text)"
            + " and gives the first 100 back.",
    inputSchema =
        """
        {"description": "Any JSON value but null", "not": {"type": "null"}}
        """,
    outputSchema =
        """
        {
          "type": "object",
          "required": ["kind", "count", "items"],
          "properties": {
            "kind": {"enum": ["array", "object", "text", "value"]},
            "count": {"type": "integer", "minimum": 0},
            "items": {"type": "array", "maxItems": 100}
          }
        }
        """)
public final class ExamplePlugin implements JobPlugin {

  private static final int ITEMS_GIVEN_BACK = 100;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  @Override
  public PluginResult run(PluginContext context) {
    JsonNode data = context.data();
    ArrayNode first = JsonNodeFactory.instance.arrayNode();
    Consumer<JsonNode> item =
        node -> {
          context.checkCancelled();
          context.metrics().processed(1);
          if (first.size() < ITEMS_GIVEN_BACK) {
            first.add(node);
          }
        };
    context.checkCancelled();
    String kind = takeApart(data, item);
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("kind", kind);
    output.put("count", context.metrics().processedItems());
    output.set("items", first);
    return new PluginResult(output);
  }

  private static String takeApart(JsonNode data, Consumer<JsonNode> item) {
    if (data.isArray()) {
      data.forEach(item);
      return "array";
    }
    if (data.isObject()) {
      data.forEach(item);
      return "object";
    }
    if (data.isString()) {
      words(data.asString())
          .forEach(word -> item.accept(JsonNodeFactory.instance.stringNode(word)));
      return "text";
    }
    item.accept(data);
    return "value";
  }

  private static List<String> words(String text) {
    return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }
}

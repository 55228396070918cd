package dev.anton.plugin.builtin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps the items of an array that satisfy conditions. There are no regular expressions: one that
 * backtracks could hold its thread for hours.
 */
@Plugin(
    name = "filter",
    description = "Keeps the items of an array that satisfy all (or any) of the conditions given.",
    inputSchema =
        """
        {"description": "The items", "type": "array"}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "required": ["where"],
          "properties": {
            "from": {"type": "string"},
            "match": {"description": "all unless told", "enum": ["all", "any"]},
            "where": {
              "type": "array", "minItems": 1, "maxItems": 50,
              "items": {
                "type": "object",
                "required": ["field"],
                "properties": {
                  "field": {
                    "description": "Names joined by dots, such as author.name; . is the item",
                    "type": "string", "minLength": 1
                  },
                  "op": {
                    "description": "eq unless told; a number also equals a text that reads so",
                    "enum": ["eq", "ne", "gt", "gte", "lt", "lte", "in", "contains", "startsWith",
                      "endsWith", "exists"]
                  },
                  "value": {"description": "An array for in; none for exists"}
                },
                "if": {"properties": {"op": {"const": "exists"}}, "required": ["op"]},
                "then": {"not": {"required": ["value"]}},
                "else": {"required": ["value"]},
                "allOf": [
                  {
                    "if": {"properties": {"op": {"const": "in"}}, "required": ["op"]},
                    "then": {"properties": {"value": {"type": "array"}}}
                  },
                  {
                    "if": {
                      "properties": {"op": {"enum": ["startsWith", "endsWith"]}},
                      "required": ["op"]
                    },
                    "then": {"properties": {"value": {"type": "string"}}}
                  }
                ],
                "additionalProperties": false
              }
            }
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {"description": "The items that are kept, in their order", "type": "array"}
        """)
public final class FilterPlugin implements JobPlugin {

  @Override
  public PluginResult run(PluginContext context) {
    JsonNode data = context.data();
    if (!data.isArray()) {
      throw PluginException.permanent("filter works on an array; its data is none");
    }
    List<Condition> where =
        context.options().path("where").valueStream().map(Condition::of).toList();
    boolean any = context.options().path("match").asString("all").equals("any");
    Predicate<JsonNode> kept =
        item ->
            any
                ? where.stream().anyMatch(condition -> condition.holdsFor(item))
                : where.stream().allMatch(condition -> condition.holdsFor(item));
    ArrayNode output = JsonNodeFactory.instance.arrayNode();
    context.checkCancelled();
    for (JsonNode item : data) {
      context.checkCancelled();
      if (kept.test(item)) {
        output.add(item);
      }
    }
    context.metrics().processed(data.size());
    context.metrics().set("kept", output.size());
    return new PluginResult(output);
  }
}

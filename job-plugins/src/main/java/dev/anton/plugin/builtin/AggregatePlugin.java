package dev.anton.plugin.builtin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Groups the items of an array and computes values for each group. */
@Plugin(
    name = "aggregate",
    description =
        "Groups the items of an array by fields, all in one group if none are given, and computes"
            + " counts, sums, averages, smallest and largest values.",
    inputSchema =
        """
        {"description": "The items", "type": "array"}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "properties": {
            "from": {"type": "string"},
            "groupBy": {
              "description": "Names joined by dots, such as author.name",
              "type": "array", "maxItems": 10, "items": {"type": "string", "minLength": 1}
            },
            "compute": {
              "description": "By the name of the result; the count of items unless told",
              "type": "object", "maxProperties": 50,
              "additionalProperties": {
                "type": "object",
                "required": ["op"],
                "properties": {
                  "op": {"enum": ["count", "sum", "avg", "min", "max", "distinct"]},
                  "field": {
                    "description": "What has no number there is left out; count needs none",
                    "type": "string", "minLength": 1
                  }
                },
                "if": {"properties": {"op": {"const": "count"}}},
                "else": {"required": ["op", "field"]},
                "additionalProperties": false
              }
            }
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {
          "description": "One object per group, in the order of its first item: key and results",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["key", "values"],
            "properties": {
              "key": {"type": "object"},
              "values": {"type": "object", "additionalProperties": {"type": ["number", "null"]}}
            }
          }
        }
        """)
public final class AggregatePlugin implements JobPlugin {

  private static final JsonNode COUNT_ALONE =
      JsonNodeFactory.instance
          .objectNode()
          .set("count", JsonNodeFactory.instance.objectNode().put("op", "count"));

  @Override
  public PluginResult run(PluginContext context) {
    JsonNode data = context.data();
    if (!data.isArray()) {
      throw PluginException.permanent("aggregate works on an array; its data is none");
    }
    List<String> groupBy =
        context.options().path("groupBy").valueStream().map(JsonNode::asString).toList();
    JsonNode compute = context.options().path("compute");
    JsonNode wanted = compute.isEmpty() ? COUNT_ALONE : compute;
    Map<JsonNode, Map<String, Computation>> groups = new LinkedHashMap<>();
    context.checkCancelled();
    for (JsonNode item : data) {
      context.checkCancelled();
      groups
          .computeIfAbsent(key(item, groupBy), key -> computations(wanted))
          .values()
          .forEach(computation -> computation.add(item));
    }
    context.metrics().processed(data.size());
    context.metrics().set("groups", groups.size());
    return new PluginResult(output(groups));
  }

  private static JsonNode key(JsonNode item, List<String> groupBy) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String field : groupBy) {
      JsonNode value = FieldPath.of(field).in(item);
      key.set(field, value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
    }
    return key;
  }

  private static Map<String, Computation> computations(JsonNode wanted) {
    Map<String, Computation> computations = new LinkedHashMap<>();
    wanted
        .properties()
        .forEach(entry -> computations.put(entry.getKey(), Computation.of(entry.getValue())));
    return computations;
  }

  private static ArrayNode output(Map<JsonNode, Map<String, Computation>> groups) {
    ArrayNode output = JsonNodeFactory.instance.arrayNode();
    new ArrayList<>(groups.entrySet())
        .forEach(
            group -> {
              ObjectNode row = output.addObject();
              row.set("key", group.getKey());
              ObjectNode values = row.putObject("values");
              group.getValue().forEach((name, value) -> values.set(name, value.result()));
            });
    return output;
  }
}

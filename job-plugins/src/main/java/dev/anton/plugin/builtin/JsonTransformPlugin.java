package dev.anton.plugin.builtin;

import com.dashjoin.jsonata.JException;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes another JSON value of its data by a JSONata expression (jsonata.org). */
@Plugin(
    name = "json-transform",
    description = "Makes another JSON value of its data by a JSONata expression (jsonata.org).",
    inputSchema =
        """
        {"description": "Any JSON value"}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "required": ["expression"],
          "properties": {
            "from": {"type": "string"},
            "expression": {
              "description": "JSONata; $input is the job's whole input",
              "type": "string", "minLength": 1, "maxLength": 10000
            }
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {"description": "What the expression gives; null if it gives nothing"}
        """)
public final class JsonTransformPlugin implements JobPlugin {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public PluginResult run(PluginContext context) {
    context.checkCancelled();
    Object data = JSON.treeToValue(context.data(), Object.class);
    Object input = JSON.treeToValue(context.input(), Object.class);
    try {
      JsonNode output =
          toJson(
              new BoundedEvaluation(context)
                  .evaluate(context.options().path("expression").asString(), data, input));
      context.metrics().processed(output.isArray() ? output.size() : 1);
      return new PluginResult(output);
    } catch (JException e) {
      throw PluginException.permanent("The JSONata expression: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw PluginException.permanent(
          "The JSONata expression gives a value JSON has no form of", e);
    } catch (StackOverflowError e) {
      throw PluginException.permanent("The JSONata expression calls itself too often", e);
    }
  }

  private static JsonNode toJson(@Nullable Object value) {
    return value == null ? JsonNodeFactory.instance.nullNode() : JSON.valueToTree(value);
  }
}

package com.example.anton;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.text.Normalizer;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes a slug of each title: "Über uns" becomes "uber-uns". */
@Plugin(
    name = "slug",
    description = "Makes a text for URLs of each title.",
    inputSchema =
        """
        {"type": "array", "items": {"type": "string"}}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "properties": {
            "from": {"type": "string"},
            "maxLength": {"type": "integer", "minimum": 1, "maximum": 200}
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}}
        """)
public final class SlugPlugin implements JobPlugin {

  @Override
  public PluginResult run(PluginContext context) {
    int maxLength = context.options().path("maxLength").asInt(80);
    ArrayNode slugs = JsonNodeFactory.instance.arrayNode();
    context.checkCancelled();
    for (JsonNode title : context.data()) {
      context.checkCancelled();
      slugs.add(slug(title.asString(), maxLength));
      context.metrics().processed(1);
    }
    context.metrics().set("slugs", slugs.size());
    return new PluginResult(slugs);
  }

  private static String slug(String title, int maxLength) {
    String ascii = Normalizer.normalize(title, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    String dashed = ascii.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = dashed.substring(0, Math.min(dashed.length(), maxLength));
    String slug = cut.replaceAll("^-|-$", "");
    if (slug.isEmpty()) {
      throw PluginException.permanent("The title \"" + title + "\" has no letters or digits");
    }
    return slug;
  }
}

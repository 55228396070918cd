package dev.anton.plugin.builtin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Selector;
import org.jsoup.select.Selector.SelectorParseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes texts and attributes out of an HTML page; it fetches and runs nothing. */
@Plugin(
    name = "html-extract",
    description =
        "Takes texts and attributes out of an HTML text by CSS selectors; without any, its title,"
            + " text and links.",
    inputSchema =
        """
        {"description": "An HTML text", "type": "string"}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "properties": {
            "from": {"type": "string"},
            "baseUrl": {"description": "Links are made absolute by it", "type": "string"},
            "select": {
              "description": "By the name of the result",
              "type": "object", "minProperties": 1, "maxProperties": 50,
              "additionalProperties": {
                "type": "object",
                "required": ["css"],
                "properties": {
                  "css": {"type": "string", "minLength": 1, "maxLength": 1000},
                  "attribute": {
                    "description": "The element's text unless told; abs:href is absolute",
                    "type": "string", "minLength": 1
                  },
                  "first": {
                    "description": "Only the first, or null; an array of all unless told",
                    "type": "boolean"
                  }
                },
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
          "type": "object",
          "additionalProperties": {
            "type": ["string", "array", "null"], "items": {"type": "string"}
          }
        }
        """)
public final class HtmlExtractPlugin implements JobPlugin {

  private static final Pattern HAS = Pattern.compile(":has", Pattern.LITERAL);

  /** Each looks at all below an element, so that their costs multiply. */
  private static final int MAX_HAS = 2;

  private static final JsonNode DEFAULT =
      JsonNodeFactory.instance
          .objectNode()
          .set("title", selection("title", "", true))
          .set("text", selection("body", "", true))
          .set("links", selection("a[href]", "abs:href", false));

  @Override
  public PluginResult run(PluginContext context) {
    context.checkCancelled();
    Document page =
        Jsoup.parse(context.data().asString(""), context.options().path("baseUrl").asString(""));
    JsonNode select = context.options().path("select");
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    Room room = new Room();
    (select.isEmpty() ? DEFAULT : select)
        .properties()
        .forEach(
            entry -> {
              context.checkCancelled();
              Elements found = find(page, entry.getKey(), entry.getValue(), context);
              output.set(entry.getKey(), values(found, entry.getValue(), room, context));
            });
    return new PluginResult(output);
  }

  private static Elements find(
      Document page, String name, JsonNode selection, PluginContext context) {
    String css = selection.path("css").asString();
    if (HAS.matcher(css).results().count() > MAX_HAS) {
      throw PluginException.permanent(
          "select.%s.css has more than %d :has()".formatted(name, MAX_HAS));
    }
    Elements found = new Elements();
    try {
      Predicate<Element> wanted = Selector.evaluatorOf(css).asPredicate(page);
      // By hand, so that it can be left: a page has many elements, and a selector many parts.
      for (Element element : page.getAllElements()) {
        context.checkCancelled();
        if (wanted.test(element)) {
          found.add(element);
        }
      }
    } catch (SelectorParseException | IllegalArgumentException e) {
      throw PluginException.permanent("select." + name + ".css: " + e.getMessage(), e);
    }
    context.metrics().processed(found.size());
    return found;
  }

  private static JsonNode values(
      Elements found, JsonNode selection, Room room, PluginContext context) {
    String attribute = selection.path("attribute").asString("");
    if (selection.path("first").asBoolean(false)) {
      Element first = found.first();
      return first == null
          ? JsonNodeFactory.instance.nullNode()
          : JsonNodeFactory.instance.stringNode(room.taken(value(first, attribute)));
    }
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (Element element : found) {
      context.checkCancelled();
      values.add(room.taken(value(element, attribute)));
    }
    return values;
  }

  /** An address that cannot be made absolute stays as the page has it. */
  private static String value(Element element, String attribute) {
    if (attribute.isEmpty()) {
      return element.text();
    }
    String value = element.attr(attribute);
    return value.isEmpty() && attribute.startsWith("abs:")
        ? element.attr(attribute.substring("abs:".length()))
        : value;
  }

  private static ObjectNode selection(String css, String attribute, boolean first) {
    ObjectNode selection =
        JsonNodeFactory.instance.objectNode().put("css", css).put("first", first);
    return attribute.isEmpty() ? selection : selection.put("attribute", attribute);
  }

  /**
   * What is left of an output. Elements lie in each other, each with the text of all below it: a
   * page can be handed on a thousand times, and most of that would only be thrown away.
   */
  private static final class Room {

    private long left = PluginResult.MAX_OUTPUT_BYTES;

    /** A text has at least as many bytes as characters, and stands in quotes. */
    String taken(String text) {
      left -= text.length() + 2L;
      if (left < 0) {
        throw PluginException.permanent(
            "What it selects has more than the %d bytes that an output may have"
                .formatted(PluginResult.MAX_OUTPUT_BYTES));
      }
      return text;
    }
  }
}

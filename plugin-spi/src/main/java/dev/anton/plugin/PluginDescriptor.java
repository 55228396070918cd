package dev.anton.plugin;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plugin's {@link Plugin} annotation, read and checked.
 *
 * @param inputSchema of its data, JSON Schema 2020-12 as are the others
 * @param optionsSchema of its options
 * @param outputSchema of its output
 */
public record PluginDescriptor(
    String name,
    String description,
    JsonNode inputSchema,
    JsonNode optionsSchema,
    JsonNode outputSchema) {

  private static final Pattern NAME = Pattern.compile("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*");

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Reads the annotation.
   *
   * @throws IllegalArgumentException if the annotation is missing, the name has another form or a
   *     schema is no JSON object
   */
  public static PluginDescriptor of(JobPlugin plugin) {
    Class<?> type = plugin.getClass();
    Plugin annotation = type.getAnnotation(Plugin.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type.getName() + " carries no @Plugin");
    }
    if (!NAME.matcher(annotation.name()).matches()) {
      throw new IllegalArgumentException(
          type.getName()
              + ": a plugin's name is lower-case words and digits joined by dashes, at most 64"
              + " characters, not \""
              + annotation.name()
              + '"');
    }
    if (annotation.description().isBlank()) {
      throw new IllegalArgumentException(type.getName() + " has no description");
    }
    return new PluginDescriptor(
        annotation.name(),
        annotation.description(),
        schema(type, "inputSchema", annotation.inputSchema()),
        schema(type, "optionsSchema", annotation.optionsSchema()),
        schema(type, "outputSchema", annotation.outputSchema()));
  }

  private static JsonNode schema(Class<?> type, String member, String text) {
    try {
      JsonNode schema = JSON.readTree(text);
      if (schema.isObject()) {
        return schema;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(type.getName() + ": its " + member + " is no JSON", e);
    }
    throw new IllegalArgumentException(type.getName() + ": its " + member + " is no JSON object");
  }
}

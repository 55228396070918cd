package dev.anton.executor.plugin;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginDescriptor;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A plugin with its schemas ready to check what a job brings. */
public final class InstalledPlugin {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** Stands for what is not shown. */
  public static final JsonNode HIDDEN = JsonNodeFactory.instance.stringNode("***");

  private final JobPlugin plugin;
  private final PluginDescriptor descriptor;
  private final Schema input;
  private final Schema options;
  private final Map<String, String> settings;

  /**
   * @throws IllegalArgumentException if its options schema hides something in a way that is not
   *     heeded
   */
  InstalledPlugin(JobPlugin plugin, PluginDescriptor descriptor, Map<String, String> settings) {
    this.plugin = plugin;
    this.descriptor = descriptor;
    this.settings = settings;
    this.input = SCHEMAS.getSchema(descriptor.inputSchema());
    WriteOnly.check(descriptor.optionsSchema());
    this.options = SCHEMAS.getSchema(descriptor.optionsSchema());
  }

  public JobPlugin plugin() {
    return plugin;
  }

  public PluginDescriptor descriptor() {
    return descriptor;
  }

  /** What the operator has set for it. */
  public Map<String, String> settings() {
    return settings;
  }

  /** Options as they may be shown: {@code "***"} stands for what the schema calls write-only. */
  public JsonNode shown(JsonNode value) {
    return WriteOnly.hide(descriptor.optionsSchema(), value);
  }

  /** What the plugin's schema has against this data; empty if nothing. */
  public List<Violation> checkData(JsonNode data) {
    return check(input, data);
  }

  /** What the plugin's schema has against these options; empty if nothing. */
  public List<Violation> checkOptions(JsonNode value) {
    return check(options, value);
  }

  private static List<Violation> check(Schema schema, JsonNode value) {
    return schema.validate(value).stream().map(InstalledPlugin::violation).toList();
  }

  private static Violation violation(Error error) {
    return new Violation(String.valueOf(error.getInstanceLocation()), error.getMessage());
  }

  /**
   * @param pointer JSON pointer to the part that is wrong, empty for the whole
   * @param message what the schema wants there
   */
  public record Violation(String pointer, String message) {}
}

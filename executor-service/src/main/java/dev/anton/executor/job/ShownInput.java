package dev.anton.executor.job;

import dev.anton.executor.plugin.InstalledPlugin;
import dev.anton.executor.plugin.PluginCatalogue;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job's input as events and answers show it: what a plugin's options hold in secret is hidden,
 * and all options of a plugin that is not installed, since nobody knows what of them is secret. The
 * plugin itself gets them as they were sent.
 */
@Component
class ShownInput {

  private final PluginCatalogue catalogue;

  ShownInput(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  JsonNode of(JobDefinition definition) {
    JsonNode input = definition.input();
    if (!input.path("options").isObject()) {
      return input;
    }
    ObjectNode options = (ObjectNode) input.path("options").deepCopy();
    for (String name : options.propertyNames().stream().toList()) {
      options.set(
          name,
          catalogue
              .find(name)
              .map((InstalledPlugin plugin) -> plugin.shown(options.path(name)))
              .orElse(InstalledPlugin.HIDDEN));
    }
    ObjectNode shown = (ObjectNode) input.deepCopy();
    shown.set("options", options);
    return shown;
  }
}

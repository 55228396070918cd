package dev.anton.executor.plugin;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Plugins that do not come along.
 *
 * @param dir where jars with plugins and runners lie; whoever can write there decides what the
 *     executor runs. Null or missing: there are none
 * @param settings of each plugin by its name, handed to it as they are
 */
@ConfigurationProperties("anton.plugins")
record PluginProperties(@Nullable Path dir, Map<String, Map<String, String>> settings) {

  PluginProperties {
    settings = settings == null ? Map.of() : Map.copyOf(settings);
  }
}

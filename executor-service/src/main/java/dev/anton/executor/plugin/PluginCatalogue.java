package dev.anton.executor.plugin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginDescriptor;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** Every plugin on the class path, by name. */
public final class PluginCatalogue {

  private final Map<String, InstalledPlugin> plugins;

  /** All that {@link ServiceLoader} finds. */
  public static PluginCatalogue onClassPath() {
    return new PluginCatalogue(ServiceLoader.load(JobPlugin.class));
  }

  /**
   * @throws IllegalStateException if two plugins have the same name
   * @throws IllegalArgumentException if a plugin's description of itself cannot be read
   */
  PluginCatalogue(Iterable<JobPlugin> found) {
    Map<String, InstalledPlugin> byName = new TreeMap<>();
    for (JobPlugin plugin : found) {
      InstalledPlugin installed = new InstalledPlugin(plugin, PluginDescriptor.of(plugin));
      InstalledPlugin other = byName.putIfAbsent(installed.descriptor().name(), installed);
      if (other != null) {
        throw new IllegalStateException(
            "Two plugins are called %s: %s and %s"
                .formatted(
                    installed.descriptor().name(),
                    other.plugin().getClass().getName(),
                    plugin.getClass().getName()));
      }
    }
    plugins = Collections.unmodifiableMap(byName);
  }

  public Optional<InstalledPlugin> find(String name) {
    return Optional.ofNullable(plugins.get(name));
  }

  /** In alphabetical order. */
  public Set<String> names() {
    return plugins.keySet();
  }

  /** In alphabetical order of their names. */
  Collection<InstalledPlugin> all() {
    return plugins.values();
  }
}

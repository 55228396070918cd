package dev.anton.executor.plugin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginDescriptor;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** Every installed plugin, by name, ready to be run. */
public final class PluginCatalogue {

  private final Map<String, InstalledPlugin> plugins;

  /** What comes along, without settings. */
  public static PluginCatalogue onClassPath() {
    return new PluginCatalogue(
        new Installation(ServiceLoader.load(JobPlugin.class), List.of()).plugins().values(),
        Map.of(),
        new EgressProperties(List.of(), false));
  }

  PluginCatalogue(
      Collection<Installed<JobPlugin>> installed,
      Map<String, Map<String, String>> settings,
      EgressProperties egress) {
    Map<String, InstalledPlugin> byName = new TreeMap<>();
    for (Installed<JobPlugin> one : installed) {
      byName.put(
          one.name(),
          new InstalledPlugin(
              one.instance(),
              PluginDescriptor.of(one.instance()),
              egress.under(settings.getOrDefault(one.name(), Map.of()))));
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

package dev.anton.executor.plugin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginDescriptor;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Everything that is installed: what comes along, and what the jars of the folder bring. A jar is
 * taken whole or not at all.
 */
public final class Installation {

  private static final Pattern RUNNER_NAME = Pattern.compile("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*");

  private final Map<String, Installed<JobPlugin>> plugins = new TreeMap<>();
  private final Map<String, Installed<NodeRunner>> runners = new TreeMap<>();
  private final List<String> jars = new ArrayList<>();
  private final List<RefusedJar> refused = new ArrayList<>();

  /**
   * A jar that is not used.
   *
   * @param reason continues a sentence that begins with the jar's name
   */
  public record RefusedJar(String jar, String reason) {}

  /**
   * With what comes along.
   *
   * @throws IllegalStateException if two have one name
   * @throws IllegalArgumentException if one's description of itself cannot be read
   */
  public Installation(Iterable<JobPlugin> ownPlugins, Iterable<NodeRunner> ownRunners) {
    List<String> clashes = new ArrayList<>();
    add(named(ownPlugins, Installation::pluginName, Installed.BUILT_IN), plugins, clashes);
    add(named(ownRunners, Installation::runnerName, Installed.BUILT_IN), runners, clashes);
    if (!clashes.isEmpty()) {
      throw new IllegalStateException(String.join("; ", clashes));
    }
  }

  /**
   * Adds what a jar brings.
   *
   * @throws BrokenJarException if a name of its is taken already or cannot be read; nothing is
   *     added then
   */
  void add(PluginJar jar) throws BrokenJarException {
    List<String> clashes = new ArrayList<>();
    Map<String, Installed<JobPlugin>> morePlugins = new TreeMap<>(plugins);
    Map<String, Installed<NodeRunner>> moreRunners = new TreeMap<>(runners);
    try {
      add(named(jar.plugins(), Installation::pluginName, jar.name()), morePlugins, clashes);
      add(named(jar.runners(), Installation::runnerName, jar.name()), moreRunners, clashes);
    } catch (RuntimeException | LinkageError e) {
      throw new BrokenJarException(String.valueOf(e.getMessage()), e);
    }
    if (!clashes.isEmpty()) {
      throw new BrokenJarException(String.join("; ", clashes), null);
    }
    plugins.putAll(morePlugins);
    runners.putAll(moreRunners);
    jars.add(jar.name());
  }

  void refuse(String jar, String reason) {
    refused.add(new RefusedJar(jar, reason));
  }

  /** By their names, in alphabetical order. */
  public Map<String, Installed<JobPlugin>> plugins() {
    return plugins;
  }

  /** By their names, in alphabetical order. */
  public Map<String, Installed<NodeRunner>> runners() {
    return runners;
  }

  /** Names of the jars in use. */
  List<String> jars() {
    return jars;
  }

  List<RefusedJar> refused() {
    return refused;
  }

  private static <T> List<Installed<T>> named(
      Iterable<T> found, Function<T, String> name, String source) {
    List<Installed<T>> named = new ArrayList<>();
    found.forEach(instance -> named.add(new Installed<>(name.apply(instance), instance, source)));
    return named;
  }

  private static <T> void add(
      List<Installed<T>> more, Map<String, Installed<T>> known, List<String> clashes) {
    for (Installed<T> one : more) {
      Installed<T> other = known.putIfAbsent(one.name(), one);
      if (other != null) {
        clashes.add(
            "two are called %s: %s (%s) and %s (%s)"
                .formatted(
                    one.name(),
                    other.instance().getClass().getName(),
                    other.source(),
                    one.instance().getClass().getName(),
                    one.source()));
      }
    }
  }

  private static String pluginName(JobPlugin plugin) {
    PluginDescriptor descriptor = PluginDescriptor.of(plugin);
    // A schema that cannot be used is found here, where its jar can still be refused.
    return new InstalledPlugin(plugin, descriptor, Map.of()).descriptor().name();
  }

  private static String runnerName(NodeRunner runner) {
    Class<?> type = runner.getClass();
    RunnerName name = type.getAnnotation(RunnerName.class);
    if (name == null) {
      throw new IllegalArgumentException(type.getName() + " carries no @RunnerName");
    }
    if (!RUNNER_NAME.matcher(name.value()).matches()) {
      throw new IllegalArgumentException(
          type.getName()
              + ": a runner's name is lower-case words and digits joined by dashes, at most 64"
              + " characters, not \""
              + name.value()
              + '"');
    }
    return name.value();
  }
}

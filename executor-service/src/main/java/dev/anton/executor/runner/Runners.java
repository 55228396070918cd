package dev.anton.executor.runner;

import dev.anton.executor.plugin.EgressProperties;
import dev.anton.executor.plugin.Installation;
import dev.anton.executor.plugin.Installed;
import dev.anton.plugin.runner.NodeRunner;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The installed runners by name, with their settings, and whether they can be used here. */
@Component
public class Runners {

  private static final Logger log = LoggerFactory.getLogger(Runners.class);

  private final SortedMap<String, Ready> byName = new TreeMap<>();

  @Autowired
  Runners(Installation installation, RunnerProperties properties, EgressProperties egress) {
    this(installation.runners().values(), properties, egress);
  }

  Runners(
      Collection<Installed<NodeRunner>> installed,
      RunnerProperties properties,
      EgressProperties egress) {
    for (Installed<NodeRunner> one : installed) {
      Map<String, String> settings = egress.under(properties.settingsOf(one.name()));
      Optional<String> unavailable = unavailable(one.instance(), settings);
      unavailable.ifPresent(why -> log.info("The runner {} cannot be used: {}", one.name(), why));
      byName.put(one.name(), new Ready(one.instance(), settings, unavailable));
    }
  }

  /**
   * Why a plan that asks for this runner is refused.
   *
   * @return empty if the runner is installed and can be used
   */
  public Optional<String> refusal(String name) {
    Ready runner = byName.get(name);
    return runner == null
        ? Optional.of("There is no runner " + name + "; there are " + String.join(", ", names()))
        : runner.unavailable().map(why -> "The runner " + name + " cannot be used here: " + why);
  }

  /** Those that can be used. */
  public Set<String> names() {
    SortedMap<String, Ready> usable = new TreeMap<>(byName);
    usable.values().removeIf(runner -> runner.unavailable().isPresent());
    return Collections.unmodifiableSet(usable.keySet());
  }

  Optional<Ready> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** A runner of a jar may do anything; it does not keep the executor from starting. */
  private static Optional<String> unavailable(NodeRunner runner, Map<String, String> settings) {
    try {
      return Objects.requireNonNull(runner.unavailable(settings), "no answer");
    } catch (Throwable e) {
      // Only into the log: the reason reaches whoever hands in a plan, and an exception's text may
      // hold a setting.
      log.error("{} failed when asked whether it can be used", runner.getClass(), e);
      return Optional.of("it failed when it was asked; the executor's log says how");
    }
  }

  /**
   * A runner with what it needs.
   *
   * @param unavailable why it cannot be used
   */
  record Ready(NodeRunner runner, Map<String, String> settings, Optional<String> unavailable) {}
}

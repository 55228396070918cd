package dev.anton.executor.runner;

import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.util.Collections;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The installed runners by name. */
@Component
public class Runners {

  private final SortedMap<String, NodeRunner> byName = new TreeMap<>();

  Runners() {
    this(ServiceLoader.load(NodeRunner.class));
  }

  Runners(Iterable<NodeRunner> found) {
    for (NodeRunner runner : found) {
      RunnerName name = runner.getClass().getAnnotation(RunnerName.class);
      if (name == null) {
        throw new IllegalStateException(runner.getClass() + " carries no @RunnerName");
      }
      NodeRunner other = byName.putIfAbsent(name.value(), runner);
      if (other != null) {
        throw new IllegalStateException(
            "Two runners are called "
                + name.value()
                + ": "
                + other.getClass()
                + " and "
                + runner.getClass());
      }
    }
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  Optional<NodeRunner> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}

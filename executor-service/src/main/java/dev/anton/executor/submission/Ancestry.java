package dev.anton.executor.submission;

import dev.anton.schemas.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who comes before whom in a plan that can be run. Each answer costs at most the plan's size. */
final class Ancestry {

  private final Map<String, List<String>> dependencies = new HashMap<>();
  private final Map<String, List<String>> dependents = new HashMap<>();

  Ancestry(Plan plan) {
    for (Plan.Node node : plan.nodes()) {
      dependencies.put(node.id(), node.dependencies());
      for (String dependency : node.dependencies()) {
        dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(node.id());
      }
    }
  }

  boolean contains(String id) {
    return dependencies.containsKey(id);
  }

  boolean isAncestor(String ancestor, String of) {
    List<String> direct = dependencies.getOrDefault(of, List.of());
    return direct.contains(ancestor)
        || (contains(ancestor) && !ancestor.equals(of) && withAncestors(direct).contains(ancestor));
  }

  /** These and all that have to come before them. */
  Set<String> withAncestors(Collection<String> ids) {
    return reach(ids, dependencies);
  }

  /** These and all that come after them. */
  Set<String> withDescendants(Collection<String> ids) {
    return reach(ids, dependents);
  }

  private static Set<String> reach(Collection<String> ids, Map<String, List<String>> edges) {
    Set<String> reached = new HashSet<>(ids);
    Deque<String> open = new ArrayDeque<>(ids);
    for (String id = open.poll(); id != null; id = open.poll()) {
      for (String next : edges.getOrDefault(id, List.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }
}

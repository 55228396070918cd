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
  private final List<String> order = new ArrayList<>();

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

  /** These and all that have to come before them. */
  Set<String> withAncestors(Collection<String> ids) {
    return reach(ids, dependencies);
  }

  /** These and all that come after them. */
  Set<String> withDescendants(Collection<String> ids) {
    return reach(ids, dependents);
  }

  /** For each node after some of these, at most 64, a bit for each of them by its place here. */
  Map<String, Long> after(List<String> these) {
    Map<String, Long> own = new HashMap<>();
    these.forEach(id -> own.put(id, 1L << own.size()));
    Map<String, Long> after = new HashMap<>();
    for (String id : order()) {
      long bits = 0;
      for (String dependency : dependencies.getOrDefault(id, List.of())) {
        bits |= after.getOrDefault(dependency, 0L) | own.getOrDefault(dependency, 0L);
      }
      if (bits != 0) {
        after.put(id, bits);
      }
    }
    return after;
  }

  /** All nodes, each behind those that it depends on. */
  private List<String> order() {
    if (order.isEmpty()) {
      Map<String, Integer> open = new HashMap<>();
      for (Map.Entry<String, List<String>> node : dependencies.entrySet()) {
        open.put(node.getKey(), node.getValue().size());
        if (node.getValue().isEmpty()) {
          order.add(node.getKey());
        }
      }
      for (int i = 0; i < order.size(); i++) {
        for (String dependent : dependents.getOrDefault(order.get(i), List.of())) {
          if (open.merge(dependent, -1, Integer::sum) == 0) {
            order.add(dependent);
          }
        }
      }
    }
    return order;
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

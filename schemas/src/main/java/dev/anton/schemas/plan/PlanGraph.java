package dev.anton.schemas.plan;

import dev.anton.schemas.plan.Plan.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The graph of a plan that can be run: its order, its longest chain, its superfluous edges. */
public final class PlanGraph {

  /**
   * One dependency.
   *
   * @param node the node that waits
   * @param dependency the node it waits for
   */
  public record Edge(String node, String dependency) {}

  private final List<Node> nodes;
  private final int[][] dependencies;
  private final int[] order;

  private PlanGraph(Plan plan) {
    this.nodes = plan.nodes();
    this.dependencies = resolve(nodes);
    this.order = sort(dependencies);
  }

  /**
   * @throws IllegalArgumentException if the plan cannot be run; the message is the first finding's
   */
  public static PlanGraph of(Plan plan) {
    PlanValidation.blockingFindings(plan).stream()
        .findFirst()
        .ifPresent(
            finding -> {
              throw new IllegalArgumentException(finding.detail());
            });
    return new PlanGraph(plan);
  }

  /** Ids so that each comes after all it depends on; among those free to go, the plan's order. */
  public List<String> topologicalOrder() {
    return ids(order);
  }

  /**
   * Ids of a longest chain of nodes, first to last; each depends on the one before. No run can take
   * fewer rounds than its length.
   */
  public List<String> criticalPath() {
    int[] length = new int[nodes.size()];
    int[] before = new int[nodes.size()];
    int last = order[0];
    for (int node : order) {
      length[node] = 1;
      before[node] = -1;
      for (int dependency : dependencies[node]) {
        if (length[dependency] + 1 > length[node]) {
          length[node] = length[dependency] + 1;
          before[node] = dependency;
        }
      }
      if (length[node] > length[last]) {
        last = node;
      }
    }
    List<String> path = new ArrayList<>();
    for (int node = last; node >= 0; node = before[node]) {
      path.add(nodes.get(node).id());
    }
    return path.reversed();
  }

  /**
   * The edges that follow from others (the complement of the transitive reduction, which for an
   * acyclic graph is unique: Aho, Garey, Ullman 1972). Space is one bit per pair of nodes.
   */
  public List<Edge> transitiveEdges() {
    BitSet[] ancestors = new BitSet[nodes.size()];
    List<Edge> superfluous = new ArrayList<>();
    for (int node : order) {
      BitSet behindDependencies = new BitSet(nodes.size());
      for (int dependency : dependencies[node]) {
        behindDependencies.or(ancestors[dependency]);
      }
      BitSet all = (BitSet) behindDependencies.clone();
      for (int dependency : dependencies[node]) {
        all.set(dependency);
        if (behindDependencies.get(dependency)) {
          superfluous.add(new Edge(nodes.get(node).id(), nodes.get(dependency).id()));
        }
      }
      ancestors[node] = all;
    }
    return superfluous;
  }

  private List<String> ids(int[] indexes) {
    List<String> ids = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      ids.add(nodes.get(index).id());
    }
    return ids;
  }

  private static int[][] resolve(List<Node> nodes) {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      indexes.put(nodes.get(i).id(), i);
    }
    int[][] resolved = new int[nodes.size()][];
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> distinct = new LinkedHashSet<>(nodes.get(i).dependencies());
      resolved[i] = distinct.stream().map(indexes::get).mapToInt(Integer::intValue).toArray();
    }
    return resolved;
  }

  private static int[] sort(int[][] dependencies) {
    int size = dependencies.length;
    int[] waitingFor = new int[size];
    Map<Integer, List<Integer>> dependents = new HashMap<>();
    PriorityQueue<Integer> ready = new PriorityQueue<>(Comparator.naturalOrder());
    for (int i = 0; i < size; i++) {
      waitingFor[i] = dependencies[i].length;
      if (waitingFor[i] == 0) {
        ready.add(i);
      }
      for (int dependency : dependencies[i]) {
        dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(i);
      }
    }
    int[] order = new int[size];
    int filled = 0;
    for (Integer next = ready.poll(); next != null; next = ready.poll()) {
      order[filled++] = next;
      for (int dependent : dependents.getOrDefault(next, List.of())) {
        if (--waitingFor[dependent] == 0) {
          ready.add(dependent);
        }
      }
    }
    return order;
  }
}

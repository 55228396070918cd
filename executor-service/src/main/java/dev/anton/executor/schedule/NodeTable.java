package dev.anton.executor.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one execution with their progress, and what follows from it at once: which are free
 * to start, which are due, how many are in each state. Nodes are addressed by their place in the
 * plan; each move costs what its dependents cost, not what the plan does.
 */
final class NodeTable {

  private record Due(Instant at, int node) implements Comparable<Due> {

    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Integer.compare(node, other.node);
    }
  }

  private final List<ScheduledNode> nodes;
  private final NodeProgress[] progress;
  private final int[][] dependents;
  private final int[] missingDependencies;
  private final int[] openDependencies;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<NodeState, NavigableSet<Integer>> byState = new EnumMap<>(NodeState.class);
  private final NavigableSet<Integer> free = new TreeSet<>();
  private final NavigableSet<Integer> undecided = new TreeSet<>();
  private final NavigableSet<Due> due = new TreeSet<>();

  NodeTable(List<ScheduledNode> nodes, Map<String, NodeProgress> known) {
    this.nodes = List.copyOf(nodes);
    this.progress = new NodeProgress[nodes.size()];
    this.missingDependencies = new int[nodes.size()];
    this.openDependencies = new int[nodes.size()];
    for (NodeState state : NodeState.values()) {
      byState.put(state, new TreeSet<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      places.put(nodes.get(i).id(), i);
    }
    this.dependents = invert();
    Arrays.fill(progress, NodeProgress.NEW);
    for (int i = 0; i < nodes.size(); i++) {
      enter(i, NodeProgress.NEW);
    }
    for (int i = 0; i < nodes.size(); i++) {
      move(i, known.getOrDefault(nodes.get(i).id(), NodeProgress.NEW));
    }
  }

  int size() {
    return nodes.size();
  }

  ScheduledNode node(int place) {
    return nodes.get(place);
  }

  NodeProgress progress(int place) {
    return progress[place];
  }

  @Nullable Integer place(String nodeId) {
    return places.get(nodeId);
  }

  /** Places in that state, in the plan's order; a copy. */
  List<Integer> in(NodeState state) {
    return List.copyOf(set(state));
  }

  int count(NodeState state) {
    return set(state).size();
  }

  boolean allFinal() {
    return count(NodeState.PENDING) + count(NodeState.RUNNING) + count(NodeState.RETRYING) == 0;
  }

  /** Nodes that wait for nothing but a free place. */
  int startable(Instant now) {
    return free.size() + dueBy(now).size();
  }

  /** What starts next: what is due before what is new, then the plan's order. */
  int nextToStart(Instant now) {
    NavigableSet<Due> late = dueBy(now);
    return late.isEmpty() ? free.first() : late.first().node();
  }

  /** Places of nodes whose condition is to be asked, in the plan's order; a copy. */
  List<Integer> undecided() {
    return List.copyOf(undecided);
  }

  /** The condition of an undecided node holds: it waits for nothing but a free place now. */
  void allow(int place) {
    if (!undecided.remove(place)) {
      throw new IllegalStateException("Nobody asked about " + nodes.get(place).id());
    }
    free.add(place);
  }

  @Nullable Instant nextDue() {
    return due.isEmpty() ? null : due.first().at();
  }

  /**
   * Places of all that cannot run without the given node and have not ended, nearest first. Whether
   * a node with a condition can is for its condition to say.
   */
  List<Integer> openDependents(int place) {
    LinkedHashSet<Integer> found = new LinkedHashSet<>();
    List<Integer> toVisit = new ArrayList<>(List.of(place));
    for (int i = 0; i < toVisit.size(); i++) {
      for (int dependent : dependents[toVisit.get(i)]) {
        if (!nodes.get(dependent).conditional()
            && !progress[dependent].state().isFinal()
            && found.add(dependent)) {
          toVisit.add(dependent);
        }
      }
    }
    return List.copyOf(found);
  }

  void move(int place, NodeProgress to) {
    leave(place, progress[place]);
    progress[place] = to;
    enter(place, to);
  }

  private NavigableSet<Due> dueBy(Instant now) {
    return due.headSet(new Due(now, Integer.MAX_VALUE), true);
  }

  private NavigableSet<Integer> set(NodeState state) {
    return byState.computeIfAbsent(state, _ -> new TreeSet<>());
  }

  private void leave(int place, NodeProgress from) {
    set(from.state()).remove(place);
    free.remove(place);
    undecided.remove(place);
    if (from.dueAt() != null) {
      due.remove(new Due(from.dueAt(), place));
    }
  }

  private void enter(int place, NodeProgress to) {
    set(to.state()).add(place);
    if (to.state() == NodeState.PENDING) {
      ready(place);
    }
    if (to.dueAt() != null) {
      due.add(new Due(to.dueAt(), place));
    }
    if (to.state().isFinal()) {
      boolean completed = to.state() == NodeState.COMPLETED;
      for (int dependent : dependents[place]) {
        openDependencies[dependent]--;
        missingDependencies[dependent] -= completed ? 1 : 0;
        if (progress[dependent].state() == NodeState.PENDING) {
          ready(dependent);
        }
      }
    }
  }

  private void ready(int place) {
    if (nodes.get(place).conditional()) {
      if (openDependencies[place] == 0) {
        undecided.add(place);
      }
    } else if (missingDependencies[place] == 0) {
      free.add(place);
    }
  }

  private int[][] invert() {
    List<List<Integer>> inverted = new ArrayList<>();
    nodes.forEach(_ -> inverted.add(new ArrayList<>()));
    for (int i = 0; i < nodes.size(); i++) {
      for (String dependency : new LinkedHashSet<>(nodes.get(i).dependencies())) {
        Integer on = places.get(dependency);
        if (on == null) {
          throw new IllegalArgumentException("There is no node " + dependency);
        }
        inverted.get(on).add(i);
        missingDependencies[i]++;
        openDependencies[i]++;
      }
    }
    return inverted.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}

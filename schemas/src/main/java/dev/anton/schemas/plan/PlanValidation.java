package dev.anton.schemas.plan;

import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanFinding.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks whether a plan's graph can be run. Time and space are linear in nodes and dependencies,
 * and nothing recurses: a plan of many thousand nodes in one chain is as safe as a short one.
 */
public final class PlanValidation {

  /** An id is part of addresses and of file names: no slashes, no leading dot. */
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:-]{0,127}");

  private final Plan plan;
  private final Map<String, Integer> firstWithId = new HashMap<>();
  private final List<PlanFinding> findings = new ArrayList<>();

  private PlanValidation(Plan plan) {
    this.plan = plan;
  }

  /**
   * What keeps the plan from being run: findings whose kind {@link Kind#isBlocking() is blocking},
   * in the order of the nodes. Empty for a plan that can be run.
   */
  public static List<PlanFinding> blockingFindings(Plan plan) {
    return findings(plan).stream().filter(finding -> finding.kind().isBlocking()).toList();
  }

  /** As {@link #blockingFindings}, and the dependencies that are named twice. */
  public static List<PlanFinding> findings(Plan plan) {
    PlanValidation validation = new PlanValidation(plan);
    validation.checkIds();
    validation.checkDependencies();
    validation.checkCycles();
    return List.copyOf(validation.findings);
  }

  private void checkIds() {
    if (plan.nodes().isEmpty()) {
      add(Kind.EMPTY_PLAN, "/nodes", "A plan has at least one node");
    }
    for (int i = 0; i < plan.nodes().size(); i++) {
      String id = plan.nodes().get(i).id();
      if (!NODE_ID.matcher(id).matches()) {
        add(
            Kind.INVALID_NODE_ID,
            "/nodes/" + i + "/id",
            "A node's id has 1 to 128 letters, digits, underscores, dots, colons or dashes and"
                + " starts with a letter, digit or underscore");
      }
      if (firstWithId.putIfAbsent(id, i) != null) {
        add(Kind.DUPLICATE_NODE, "/nodes/" + i + "/id", "There is more than one node " + id);
      }
    }
  }

  private void checkDependencies() {
    for (int i = 0; i < plan.nodes().size(); i++) {
      Node node = plan.nodes().get(i);
      Set<String> seen = new HashSet<>();
      for (int d = 0; d < node.dependencies().size(); d++) {
        String dependency = node.dependencies().get(d);
        String pointer = "/nodes/" + i + "/dependencies/" + d;
        if (!firstWithId.containsKey(dependency)) {
          add(
              Kind.DANGLING_DEPENDENCY,
              pointer,
              "Node " + node.id() + " depends on " + dependency + ", which is no node of the plan");
        } else if (!seen.add(dependency)) {
          add(
              Kind.DUPLICATE_DEPENDENCY,
              pointer,
              "Node " + node.id() + " names its dependency " + dependency + " more than once");
        }
      }
    }
  }

  /**
   * What Kahn's algorithm leaves over waits for a cycle or is on one. Each node left over has a
   * dependency that is left over too; to follow the first such one ends in a cycle.
   */
  private void checkCycles() {
    Set<Integer> stuck = stuckNodes();
    Map<Integer, String> cycleBehind = new HashMap<>();
    for (int start : stuck) {
      LinkedHashSet<Integer> walk = new LinkedHashSet<>();
      int at = start;
      while (!cycleBehind.containsKey(at) && walk.add(at)) {
        at = firstStuckDependency(at, stuck);
      }
      String cycle = cycleBehind.get(at);
      if (cycle == null) {
        cycle = reportCycle(walk, at, cycleBehind);
      }
      for (int index : walk) {
        if (cycleBehind.putIfAbsent(index, cycle) == null) {
          add(
              Kind.UNREACHABLE_NODE,
              "/nodes/" + index,
              "Node " + id(index) + " can never start: it waits for the cycle " + cycle);
        }
      }
    }
  }

  private String reportCycle(Set<Integer> walk, int closedAt, Map<Integer, String> cycleBehind) {
    List<Integer> members = walk.stream().dropWhile(index -> index != closedAt).toList();
    List<String> path = new ArrayList<>(members.stream().map(this::id).toList());
    path.add(id(closedAt));
    String cycle = String.join(" → ", path);
    members.forEach(index -> cycleBehind.put(index, cycle));
    add(
        Kind.CYCLE,
        "/nodes/" + closedAt + "/dependencies",
        "The dependencies run in a circle: " + cycle);
    return cycle;
  }

  private Set<Integer> stuckNodes() {
    int size = plan.nodes().size();
    int[] waitingFor = new int[size];
    Map<Integer, List<Integer>> dependents = new HashMap<>();
    for (int i = 0; i < size; i++) {
      for (String dependency : new HashSet<>(plan.nodes().get(i).dependencies())) {
        Integer on = firstWithId.get(dependency);
        if (on != null) {
          waitingFor[i]++;
          dependents.computeIfAbsent(on, _ -> new ArrayList<>()).add(i);
        }
      }
    }
    Deque<Integer> ready = new ArrayDeque<>();
    Set<Integer> stuck = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      stuck.add(i);
      if (waitingFor[i] == 0) {
        ready.add(i);
      }
    }
    for (Integer done = ready.poll(); done != null; done = ready.poll()) {
      stuck.remove(done);
      for (int dependent : dependents.getOrDefault(done, List.of())) {
        if (--waitingFor[dependent] == 0) {
          ready.add(dependent);
        }
      }
    }
    return stuck;
  }

  private int firstStuckDependency(int index, Set<Integer> stuck) {
    for (String dependency : plan.nodes().get(index).dependencies()) {
      Integer on = firstWithId.get(dependency);
      if (on != null && stuck.contains(on)) {
        return on;
      }
    }
    throw new IllegalStateException("A node that waits for nothing is not stuck");
  }

  private String id(int index) {
    return plan.nodes().get(index).id();
  }

  private void add(Kind kind, String pointer, String detail) {
    findings.add(new PlanFinding(kind, pointer, detail));
  }
}

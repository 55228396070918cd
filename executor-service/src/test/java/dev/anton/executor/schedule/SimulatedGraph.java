package dev.anton.executor.schedule;

import dev.anton.executor.schedule.Simulation.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The nodes that a scenario's bits stand for, and what their conditions say. */
final class SimulatedGraph {

  private final Scenario scenario;
  private final List<ScheduledNode> nodes = new ArrayList<>();
  private final Map<String, NodeProgress> initial = new TreeMap<>();

  SimulatedGraph(Scenario scenario) {
    this.scenario = scenario;
    for (int i = 0; i < scenario.dependencies().size(); i++) {
      List<String> dependencies = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        if ((scenario.dependencies().get(i) >> j & 1) == 1) {
          dependencies.add("n" + j);
        }
      }
      nodes.add(
          new ScheduledNode(
              "n" + i,
              "N" + i,
              "task",
              dependencies,
              scenario.maxAttempts(),
              Duration.ofSeconds(1),
              (bits(i) >> 12 & 1) == 1));
      boolean reused =
          (bits(i) >> 15 & 1) == 1
              && dependencies.stream().allMatch(id -> NodeProgress.REUSED.equals(initial.get(id)));
      initial.put("n" + i, reused ? NodeProgress.REUSED : NodeProgress.NEW);
    }
  }

  List<ScheduledNode> nodes() {
    return nodes;
  }

  ScheduledNode node(String id) {
    return nodes.get(number(id));
  }

  /** How far each has come before the run: not at all, or its result is reused. */
  Map<String, NodeProgress> initial() {
    return new TreeMap<>(initial);
  }

  /** As a condition would: by what it looks at alone. */
  Verdict verdict(ScheduledNode node, Function<String, NodeState> states) {
    return switch (bits(number(node.id())) >> 13 & 3) {
      case 0 -> new Verdict.Holds();
      case 1 ->
          node.dependencies().stream().anyMatch(id -> states.apply(id) != NodeState.COMPLETED)
              ? new Verdict.Holds()
              : new Verdict.DoesNotHold("all is well");
      case 2 -> new Verdict.DoesNotHold("never");
      default -> new Verdict.Undecidable("no such field");
    };
  }

  private int bits(int node) {
    return scenario.dependencies().get(node);
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }
}

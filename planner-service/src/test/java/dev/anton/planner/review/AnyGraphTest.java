package dev.anton.planner.review;

import static dev.anton.planner.review.PlannedNodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.review.Verdict.Accepted;
import dev.anton.planner.review.Verdict.Rejected;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs that hang together in any way. */
class AnyGraphTest {

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Of any plan: what is accepted can run, is accepted again unchanged, and kept all its nodes. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsAcceptedIsInOrder(int seed) {
    Plan plan = randomPlan(new Random(seed));

    switch (PlanReviewer.review(plan)) {
      case Rejected(List<Finding> findings) -> assertThat(findings).isNotEmpty();
      case Accepted(Plan mended, List<Finding> _, List<String> criticalPath) -> {
        assertThat(mended.nodes())
            .extracting(Node::id)
            .isEqualTo(plan.nodes().stream().map(Node::id).toList());
        assertThat(PlanReviewer.review(mended))
            .isEqualTo(new Accepted(mended, List.of(), criticalPath));
        assertThat(reachable(mended)).isEqualTo(reachable(plan));
        assertThat(PlanGraph.of(mended).criticalPath())
            .hasSameSizeAs(PlanGraph.of(plan).criticalPath());
      }
    }
  }

  private static Set<String> reachable(Plan plan) {
    Map<String, Set<String>> before = new HashMap<>();
    Set<String> pairs = new HashSet<>();
    Map<String, Node> nodes = new HashMap<>();
    plan.nodes().forEach(node -> nodes.put(node.id(), node));
    for (String id : PlanGraph.of(plan).topologicalOrder()) {
      Set<String> all = new HashSet<>(nodes.get(id).dependencies());
      nodes.get(id).dependencies().forEach(dependency -> all.addAll(before.get(dependency)));
      before.put(id, all);
      all.forEach(dependency -> pairs.add(id + " after " + dependency));
    }
    return pairs;
  }

  private static Plan randomPlan(Random random) {
    int size = 1 + random.nextInt(10);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<String> dependencies = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        boolean backwards = j >= i;
        if (random.nextInt(backwards ? 60 : 3) == 0) {
          dependencies.add("n" + j);
          if (random.nextInt(6) == 0) {
            dependencies.add("n" + j);
          }
        }
      }
      nodes.add(node("n" + i, dependencies));
    }
    return new Plan("p", "d", nodes);
  }
}

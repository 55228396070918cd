package dev.anton.planner.review;

import static dev.anton.planner.review.PlannedNodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.review.Verdict.Accepted;
import dev.anton.planner.review.Verdict.Rejected;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;
import tools.jackson.databind.JsonNode;

/** What holds of any plan; one for which it does not hold shrinks to a small one. */
class PlanReviewPropertyTest {

  private static final int SEED = 20_261_126;

  /** For each node, the bits of those before it that it depends on. */
  private static final Gen<List<Integer>> GRAPHS =
      SourceDSL.lists().of(SourceDSL.integers().between(0, (1 << 9) - 1)).ofSizeBetween(1, 9);

  private static final Gen<List<Integer>> CHOICES =
      SourceDSL.lists().of(SourceDSL.integers().between(0, 1 << 16)).ofSizeBetween(0, 60);

  private static QuickTheory theory(int examples) {
    return QuickTheory.qt().withFixedSeed(SEED).withExamples(examples).withShrinkCycles(2_000);
  }

  @Test
  void aMendedPlanKeepsItsOrderWithTheFewestDependencies() {
    theory(3_000)
        .forAll(GRAPHS, SourceDSL.integers().between(0, 1_000))
        .checkAssert(
            (bits, order) -> {
              Plan plan = acyclic(bits, new Random(order));

              Accepted accepted = (Accepted) PlanReviewer.review(plan);

              Set<String> reach = reach(plan);
              assertThat(reach(accepted.plan())).as("reachability").isEqualTo(reach);
              assertThat(accepted.plan().nodes())
                  .extracting(Node::id)
                  .containsExactlyElementsOf(plan.nodes().stream().map(Node::id).toList());
              for (Node node : accepted.plan().nodes()) {
                for (String dependency : node.dependencies()) {
                  assertThat(reach(without(accepted.plan(), node.id(), dependency)))
                      .as("%s needs %s", node.id(), dependency)
                      .isNotEqualTo(reach);
                }
              }
              int dropped = edges(plan) - edges(accepted.plan());
              assertThat(accepted.mended()).as("each mended edge is told").hasSize(dropped);
            });
  }

  @Test
  void theCriticalPathIsALongestChain() {
    theory(3_000)
        .forAll(GRAPHS, SourceDSL.integers().between(0, 1_000))
        .checkAssert(
            (bits, order) -> {
              Plan plan = acyclic(bits, new Random(order));

              List<String> path = ((Accepted) PlanReviewer.review(plan)).criticalPath();

              assertThat(path).hasSize(longestChain(plan));
              Map<String, Node> nodes = byId(plan);
              for (int i = 1; i < path.size(); i++) {
                assertThat(nodes.get(path.get(i)).dependencies()).contains(path.get(i - 1));
              }
            });
  }

  @Test
  void noPlanIsTooMessyToBeReviewed() {
    theory(5_000)
        .forAll(CHOICES)
        .checkAssert(
            choices -> {
              Plan plan = new Mess(choices).plan();

              Verdict verdict = PlanReviewer.review(plan);

              JsonNode json = WireJson.mapper().valueToTree(plan);
              switch (verdict) {
                case Rejected(List<Finding> findings) -> {
                  assertThat(findings).isNotEmpty();
                  findings.forEach(finding -> assertPointsSomewhere(json, finding));
                }
                case Accepted(Plan mended, List<Finding> findings, List<String> criticalPath) -> {
                  findings.forEach(finding -> assertPointsSomewhere(json, finding));
                  assertThat(PlanGraph.of(mended).topologicalOrder()).hasSameSizeAs(mended.nodes());
                  assertThat(PlanReviewer.review(mended))
                      .isEqualTo(new Accepted(mended, List.of(), criticalPath));
                }
              }
              assertThat(verdict.summary().length()).isLessThan(4_000);
            });
  }

  @Test
  void whatIsASafePathStaysInTheProject() {
    Path project = Path.of("/workspace/default/project");
    theory(20_000)
        .forAll(CHOICES)
        .checkAssert(
            choices -> {
              String path = Mess.path(choices);

              if (ProjectPath.problem(path).isEmpty()) {
                Path resolved = project.resolve(path);
                assertThat(resolved.normalize()).isEqualTo(resolved).startsWithRaw(project);
                Path inside = project.relativize(resolved);
                assertThat(inside.getName(0).toString()).isNotEqualToIgnoringCase(".anton");
                for (Path name : inside) {
                  assertThat(name.toString()).isNotEqualToIgnoringCase(".git");
                }
                assertThat(ProjectPath.problem(ProjectPath.key(path))).isEmpty();
              }
            });
  }

  private static void assertPointsSomewhere(JsonNode plan, Finding finding) {
    assertThat(finding.code()).matches("[a-z]+(-[a-z]+)+|cycle");
    assertThat(finding.detail()).isNotBlank();
    // The place itself may be what is missing, but not the place around it.
    String around = finding.pointer().replaceAll("/[^/]*$", "");
    assertThat(plan.at(around).isMissingNode()).as("%s", finding).isFalse();
  }

  private static Plan acyclic(List<Integer> bits, Random order) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < bits.size(); i++) {
      List<String> dependencies = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        if ((bits.get(i) >> j & 1) == 1) {
          dependencies.add("n" + j);
        }
      }
      Collections.shuffle(dependencies, order);
      nodes.add(node("n" + i, dependencies));
    }
    Collections.shuffle(nodes, order);
    return new Plan("p", "d", nodes);
  }

  private static Plan without(Plan plan, String from, String dependency) {
    return new Plan(
        plan.projectName(),
        plan.description(),
        plan.nodes().stream()
            .map(
                node ->
                    node(
                        node.id(),
                        node.dependencies().stream()
                            .filter(on -> !(node.id().equals(from) && on.equals(dependency)))
                            .toList()))
            .toList());
  }

  /** By definition, without any of the algorithms under test. */
  private static Set<String> reach(Plan plan) {
    Map<String, Node> nodes = byId(plan);
    Set<String> pairs = new HashSet<>();
    for (Node node : plan.nodes()) {
      collect(node.id(), node, nodes, pairs);
    }
    return pairs;
  }

  private static void collect(String from, Node at, Map<String, Node> nodes, Set<String> pairs) {
    for (String dependency : at.dependencies()) {
      if (pairs.add(from + " after " + dependency)) {
        collect(from, nodes.get(dependency), nodes, pairs);
      }
    }
  }

  private static int longestChain(Plan plan) {
    Map<String, Node> nodes = byId(plan);
    return plan.nodes().stream().mapToInt(node -> chain(node, nodes)).max().orElseThrow();
  }

  private static int chain(Node node, Map<String, Node> nodes) {
    return 1
        + node.dependencies().stream().mapToInt(on -> chain(nodes.get(on), nodes)).max().orElse(0);
  }

  private static Map<String, Node> byId(Plan plan) {
    Map<String, Node> nodes = new HashMap<>();
    plan.nodes().forEach(node -> nodes.put(node.id(), node));
    return nodes;
  }

  private static int edges(Plan plan) {
    return plan.nodes().stream().mapToInt(node -> node.dependencies().size()).sum();
  }
}

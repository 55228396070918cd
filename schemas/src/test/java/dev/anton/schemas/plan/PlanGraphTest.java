package dev.anton.schemas.plan;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanFinding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanGraphTest {

  @Test
  void aRunnablePlanHasNoFindings() {
    assertThat(PlanValidation.findings(plan("a", "b<a", "c<a", "d<b,c"))).isEmpty();
  }

  @Test
  void anEmptyPlanIsRefused() {
    assertThat(PlanValidation.blockingFindings(plan()))
        .extracting(PlanFinding::kind)
        .containsExactly(Kind.EMPTY_PLAN);
  }

  @Test
  void duplicateNodesAndDanglingDependenciesAreNamedWhereTheyStand() {
    assertThat(PlanValidation.findings(plan("a", "b<a,ghost", "a<b", "c<b,b")))
        .extracting(PlanFinding::kind, PlanFinding::pointer)
        .contains(
            tuple(Kind.DUPLICATE_NODE, "/nodes/2/id"),
            tuple(Kind.DANGLING_DEPENDENCY, "/nodes/1/dependencies/1"),
            tuple(Kind.DUPLICATE_DEPENDENCY, "/nodes/3/dependencies/1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "../x", "a/b", ".hidden", "a b", "ä"})
  void anIdThatCouldBreakAnAddressOrAFileNameIsRefused(String id) {
    assertThat(PlanValidation.blockingFindings(plan(id)))
        .extracting(PlanFinding::kind)
        .containsExactly(Kind.INVALID_NODE_ID);
  }

  @Test
  void aCycleIsNamedWithItsPathAndThoseWhoWaitForItAreUnreachable() {
    List<PlanFinding> findings =
        PlanValidation.blockingFindings(plan("free", "late<a", "a<c", "b<a", "c<b,free"));

    assertThat(findings)
        .extracting(PlanFinding::kind)
        .containsExactly(Kind.CYCLE, Kind.UNREACHABLE_NODE);
    assertThat(findings.getFirst().detail()).contains("a → c → b → a");
    assertThat(findings.getLast().detail()).contains("Node late").contains("a → c → b → a");
  }

  @Test
  void aNodeThatDependsOnItselfIsACycle() {
    assertThat(PlanValidation.blockingFindings(plan("a<a")))
        .extracting(PlanFinding::kind, PlanFinding::detail)
        .containsExactly(tuple(Kind.CYCLE, "The dependencies run in a circle: a → a"));
  }

  @Test
  void aGraphOfAPlanThatCannotRunIsRefusedWithTheReason() {
    assertThatThrownBy(() -> PlanGraph.of(plan("a<b", "b<a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a → b → a");
  }

  @Test
  void aChainOfManyThousandNodesIsOrderedAndItsCycleFound() {
    int size = 20_000;
    Plan chain =
        plan(
            IntStream.range(0, size)
                .mapToObj(i -> i == size - 1 ? "n" + i : "n" + i + "<n" + (i + 1))
                .toArray(String[]::new));

    assertThat(PlanGraph.of(chain).criticalPath()).hasSize(size).startsWith("n" + (size - 1));

    Plan circle =
        plan(
            IntStream.range(0, size)
                .mapToObj(i -> "n" + i + "<n" + (i + 1) % size)
                .toArray(String[]::new));
    assertThat(PlanValidation.blockingFindings(circle))
        .extracting(PlanFinding::kind)
        .containsExactly(Kind.CYCLE);
  }

  @Test
  void theCriticalPathIsALongestChain() {
    assertThat(PlanGraph.of(plan("a", "b<a", "c<b", "d<a", "e<c,d")).criticalPath())
        .containsExactly("a", "b", "c", "e");
  }

  @Test
  void edgesThatFollowFromOthersAreFound() {
    assertThat(PlanGraph.of(plan("a", "b<a", "c<b,a", "d<c,a,b")).transitiveEdges())
        .containsExactlyInAnyOrder(
            new PlanGraph.Edge("c", "a"),
            new PlanGraph.Edge("d", "a"),
            new PlanGraph.Edge("d", "b"));
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutItsTransitiveEdgesAnyGraphReachesTheSame(int seed) {
    Plan plan = randomAcyclicPlan(new Random(seed));
    PlanGraph graph = PlanGraph.of(plan);
    Map<String, Set<String>> edges =
        plan.nodes().stream().collect(toMap(Node::id, node -> new HashSet<>(node.dependencies())));
    Map<String, Set<String>> before = ancestors(edges, graph.topologicalOrder());

    graph.transitiveEdges().forEach(edge -> edges.get(edge.node()).remove(edge.dependency()));

    assertThat(ancestors(edges, graph.topologicalOrder())).isEqualTo(before);
    edges.forEach(
        (node, left) ->
            left.forEach(
                dependency ->
                    assertThat(left)
                        .as("%s needs its edge to %s", node, dependency)
                        .noneMatch(other -> before.get(other).contains(dependency))));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyAcyclicGraphIsRunnableAndOneMoreBackEdgeMakesACycle(int seed) {
    Random random = new Random(seed);
    Plan plan = randomAcyclicPlan(random);

    assertThat(PlanValidation.blockingFindings(plan)).isEmpty();

    List<String> path = PlanGraph.of(plan).criticalPath();
    Plan closed =
        new Plan(
            "p",
            "d",
            plan.nodes().stream()
                .map(node -> node.id().equals(path.getFirst()) ? node(node, path.getLast()) : node)
                .toList());
    assertThat(PlanValidation.blockingFindings(closed))
        .extracting(PlanFinding::kind)
        .contains(Kind.CYCLE);
  }

  private static Map<String, Set<String>> ancestors(
      Map<String, Set<String>> edges, List<String> order) {
    Map<String, Set<String>> ancestors = new HashMap<>();
    for (String id : order) {
      Set<String> all = new HashSet<>(edges.get(id));
      edges.get(id).forEach(dependency -> all.addAll(ancestors.get(dependency)));
      ancestors.put(id, all);
    }
    return ancestors;
  }

  private static Plan randomAcyclicPlan(Random random) {
    int size = 1 + random.nextInt(14);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<String> dependencies = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(3) == 0) {
          dependencies.add("n" + j);
        }
      }
      nodes.add(node("n" + i, dependencies));
    }
    Collections.shuffle(nodes, random);
    return new Plan("p", "d", nodes);
  }

  private static Node node(Node node, String oneMore) {
    List<String> dependencies = new ArrayList<>(node.dependencies());
    dependencies.add(oneMore);
    return node(node.id(), dependencies);
  }

  private static Plan plan(String... nodes) {
    return new Plan(
        "p",
        "d",
        Arrays.stream(nodes)
            .map(text -> text.split("<", -1))
            .map(
                parts ->
                    node(parts[0], parts.length > 1 ? List.of(parts[1].split(",")) : List.of()))
            .toList());
  }

  private static Node node(String id, List<String> dependencies) {
    return new Node(
        id,
        "code",
        id,
        "",
        "noop",
        dependencies,
        WireJson.mapper().createObjectNode(),
        List.of(),
        null,
        null);
  }
}

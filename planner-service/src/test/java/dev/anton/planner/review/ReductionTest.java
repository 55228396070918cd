package dev.anton.planner.review;

import static dev.anton.planner.review.PlannedNodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.Plan.Retry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReductionTest {

  @Test
  void aNodeKeepsAllThatItHasBesidesDependencies() {
    Node full =
        new Node(
            "c",
            "code",
            "C",
            "Write it",
            "command",
            List.of("a", "b"),
            WireJson.mapper().createObjectNode().put("command", "make"),
            List.of("It is there"),
            new Retry(3, "2s"),
            "5s",
            "nodes.b.output.exitCode == 0");

    List<Node> reduced = Reduction.of(List.of(node("a", List.of()), node("b", List.of("a")), full));

    assertThat(reduced.getLast())
        .usingRecursiveComparison()
        .ignoringFields("dependencies")
        .isEqualTo(full);
    assertThat(reduced.getLast().dependencies()).containsExactly("b");
  }
}

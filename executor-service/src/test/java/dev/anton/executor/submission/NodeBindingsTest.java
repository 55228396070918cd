package dev.anton.executor.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.api.problem.FieldError;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class NodeBindingsTest {

  private static final int LENGTH = 200;

  private final ArrayNode nodes = WireJson.mapper().createArrayNode();

  @Test
  void eachOfManyNodesThatComeBeforeCanBeLookedAt() {
    chain();
    ArrayNode looks = node("last", "n" + (LENGTH - 1)).putObject("inputs").putArray("all");
    for (int i = 0; i < LENGTH; i++) {
      looks.add("${nodes.n" + i + ".output}");
    }

    assertThat(errors()).isEmpty();
  }

  @Test
  void eachThatDoesNotIsNamed() {
    chain();
    List<String> others = new ArrayList<>();
    ArrayNode looks = node("last", "n100").putObject("inputs").putArray("all");
    for (int i = 0; i < LENGTH; i++) {
      looks.add("${nodes.n" + i + ".output}");
      if (i > 100) {
        others.add("n" + i);
      }
    }
    looks.add("${nodes.last.output}");
    others.add("last");

    assertThat(errors())
        .extracting(error -> error.detail().replaceAll("last looks at (\\w+),.*", "$1"))
        .containsExactlyElementsOf(others);
  }

  private void chain() {
    node("n0");
    for (int i = 1; i < LENGTH; i++) {
      node("n" + i, "n" + (i - 1));
    }
  }

  private ObjectNode node(String id, String... dependencies) {
    ObjectNode node = nodes.addObject().put("id", id).put("runner", "noop");
    ArrayNode before = node.putArray("dependencies");
    for (String dependency : dependencies) {
      before.add(dependency);
    }
    return node;
  }

  private List<FieldError> errors() {
    ObjectNode json = WireJson.mapper().createObjectNode();
    json.set("nodes", nodes);
    Plan plan = PlanReader.read(json, "/plan").plan();
    assertThat(plan).isNotNull();
    return NodeBindings.errors(plan, "/plan");
  }
}

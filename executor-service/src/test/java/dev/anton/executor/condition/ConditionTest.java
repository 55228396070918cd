package dev.anton.executor.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.executor.condition.Condition.SeenNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConditionTest {

  private static final JsonNode INPUTS =
      json("{\"deploy\": true, \"env\": \"prod\", \"share\": 0.5, \"none\": null}");
  private static final Map<String, SeenNode> NODES =
      Map.of(
          "test",
          new SeenNode(
              "completed", json("{\"exitCode\": 0, \"lastLines\": [\"ok\", \"4 passed\"]}")),
          "lint-1",
          new SeenNode("failed", null));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          nodes.test.output.exitCode == 0 && inputs.deploy      | true
          nodes["lint-1"].state == "failed"                     | true
          nodes.test.state != "completed"                       | false
          nodes.test.output.lastLines[1].contains("passed")     | true
          inputs.env in ["stage", "prod"]                       | true
          inputs.share < 1                                      | true
          inputs.none == null                                   | true
          has(inputs.missing) && has(nodes.test.output.missing) | false
          size(nodes.test.output.lastLines) == 2                | true
          """)
  void sayYesOrNo(String text, boolean expected) throws Exception {
    assertThat(Condition.parse(text).holds(INPUTS, NODES)).isEqualTo(expected);
  }

  @Test
  void theNodesItLooksAtAreKnownBefore() throws Exception {
    assertThat(Condition.parse("has(nodes.a.output) && nodes[\"b.c\"].state == 'x'").nodes())
        .containsExactlyInAnyOrder("a", "b.c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 +",
        "1",
        "unknown == 1",
        "nodes == nodes",
        "nodes[inputs.env].state == 'x'",
        "[1, 2].exists(x, x == 1)",
        "inputs.env.matches('a*')",
        "'a' + 'b' == 'ab'",
      })
  void whatIsNoConditionOrTooPowerfulIsRefused(String text) {
    assertThatThrownBy(() -> Condition.parse(text)).isInstanceOf(InvalidConditionException.class);
  }

  @Test
  void aLongOneIsRefused() {
    assertThatThrownBy(() -> Condition.parse("true" + " || true".repeat(200)))
        .isInstanceOf(InvalidConditionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"inputs.missing == 1", "inputs.env > 3", "inputs.env", "nodes.test.error == ''"})
  void whatSaysNeitherFails(String text) throws Exception {
    Condition condition = Condition.parse(text);

    assertThatThrownBy(() -> condition.holds(INPUTS, NODES))
        .isInstanceOf(ConditionFailedException.class)
        .hasMessageStartingWith("Its condition says neither yes nor no: ");
  }

  @Test
  void aSearchThatWouldTakeLongFails() throws Exception {
    JsonNode inputs =
        JsonMapper.shared()
            .valueToTree(Map.of("text", "a".repeat(60_000), "part", "a".repeat(30_000) + "b"));
    Condition condition = Condition.parse("inputs.text.contains(inputs.part)");

    assertThatThrownBy(() -> condition.holds(inputs, Map.of()))
        .isInstanceOf(ConditionFailedException.class)
        .hasMessageContaining("too long");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}

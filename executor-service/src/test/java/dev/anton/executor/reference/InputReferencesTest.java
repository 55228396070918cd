package dev.anton.executor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InputReferencesTest {

  private static final Map<String, JsonNode> OUTPUTS =
      Map.of(
          "build",
          json("{\"path\": \"out/a.jar\", \"sizes\": [3, {\"kb\": 7}], \"a b\": true}"),
          "v1.2",
          json("\"text\""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"x": "${nodes.build.output.path}"}                  | {"x": "out/a.jar"}
          {"x": "${nodes.build.output.sizes[1].kb}"}           | {"x": 7}
          {"x": ["${nodes.build.output.sizes}"]}               | {"x": [[3, {"kb": 7}]]}
          {"x": "-o ${nodes.build.output.path}:${nodes.build.output.sizes[0]}"} | {"x": "-o out/a.jar:3"}
          {"x": "${nodes.v1.2.output}"}                        | {"x": "text"}
          {"x": {"$output": "build", "pointer": "/a b"}}       | {"x": true}
          {"x": {"$output": "v1.2"}}                           | {"x": "text"}
          {"x": "$${nodes.build.output.path}"}                 | {"x": "${nodes.build.output.path}"}
          {"x": "${HOME} ${nodes.length} $1", "y": 1}          | {"x": "${HOME} ${nodes.length} $1", "y": 1}
          """)
  void takeTheValueAsItIsOrPutItIntoTheText(String inputs, String expected) throws Exception {
    assertThat(resolve(inputs)).isEqualTo(json(expected));
  }

  @Test
  void theNodesAreKnownBefore() throws Exception {
    JsonNode inputs =
        json(
            """
            {"a": "${nodes.build.output.path} and ${nodes.test.output}", "b": [{"$output": "c"}],
             "d": "$${nodes.e.output}"}
            """);

    assertThat(InputReferences.nodes(inputs)).containsExactly("build", "test", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"x": "${nodes.build.output.missing}"}       | the output of build has no /missing
          {"x": "${nodes.skipped.output}"}             | skipped has no output
          {"x": {"$output": 1}}                        | A reference is
          {"x": {"$output": "build", "more": 1}}       | A reference is
          {"x": {"$output": "build", "pointer": "a"}}  | no JSON pointer
          """)
  void whatIsNotThereIsSaid(String inputs, String message) {
    assertThatThrownBy(() -> resolve(inputs))
        .isInstanceOf(UnresolvedReferenceException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theyDoNotGrowWithoutBound() {
    JsonNode large = JsonMapper.shared().valueToTree("x".repeat(300_000));
    JsonNode inputs = json("{\"x\": \"" + "${nodes.a.output}".repeat(4) + "\"}");

    assertThatThrownBy(() -> InputReferences.resolve(inputs, _ -> Optional.of(large)))
        .isInstanceOf(UnresolvedReferenceException.class)
        .hasMessageContaining("more than");
  }

  private static JsonNode resolve(String inputs) throws UnresolvedReferenceException {
    return InputReferences.resolve(json(inputs), id -> Optional.ofNullable(OUTPUTS.get(id)));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}

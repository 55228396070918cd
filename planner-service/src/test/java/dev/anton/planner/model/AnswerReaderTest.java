package dev.anton.planner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.model.AnswerReader.Reading;
import dev.anton.planner.review.Finding;
import dev.anton.schemas.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.QuickTheory;
import org.quicktheories.generators.SourceDSL;

class AnswerReaderTest {

  private static final String PLAN =
      """
      {"description": "A thing", "nodes": [
        {"id": "a", "type": "code", "label": "A", "instructions": "Do it", "runner": "noop",
         "dependencies": [], "inputs": {}, "acceptance": ["done"], "timeout": "30s",
         "retry": {"maxAttempts": 2}},
        {"id": "b", "runner": "git", "dependencies": ["a"]}
      ]}
      """;

  @Test
  void aPlanIsRead() {
    Plan plan = AnswerReader.read(PLAN, "todo").plan();

    assertThat(plan).isNotNull();
    assertThat(plan.projectName()).isEqualTo("todo");
    assertThat(plan.nodes()).extracting(Plan.Node::id).containsExactly("a", "b");
    assertThat(plan.nodes().getLast().label()).isEqualTo("b");
    assertThat(plan.nodes().getFirst().timeout()).isEqualTo("30s");
  }

  @Test
  void wordsAroundItAreLeftOut() {
    assertThat(AnswerReader.read("Sure! Here it is:\n```json\n" + PLAN + "```\nEnjoy.", "t").plan())
        .isEqualTo(AnswerReader.read(PLAN, "t").plan());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "I am sorry                                          | invalid-json |",
        "{\"nodes\": [                                       | invalid-json |",
        "{\"nodes\": [}                                      | invalid-json |",
        "{}                                                  | invalid-form | /nodes",
        "{\"nodes\": {}}                                     | invalid-form | /nodes",
        "{\"nodes\": [7]}                                    | invalid-form | /nodes/0",
        "{\"nodes\": [{\"id\": 7, \"runner\": \"noop\"}]}    | invalid-form | /nodes/0/id",
        "{\"nodes\": [{\"id\": \"a\"}]}                      | invalid-form | /nodes/0/runner",
        "{\"nodes\": [{\"id\":\"a\",\"runner\":\"git\",\"dependencies\":\"b\"}]} | invalid-form |"
            + " /nodes/0/dependencies",
        "{\"nodes\": [{\"id\":\"a\",\"runner\":\"git\",\"inputs\":[]}]} | invalid-form |"
            + " /nodes/0/inputs",
        "{\"nodes\": [{\"id\":\"a\",\"runner\":\"git\",\"retry\":3}]} | invalid-form |"
            + " /nodes/0/retry"
      })
  void whatIsWrongIsToldWithItsPlace(String text, String code, String pointer) {
    Reading reading = AnswerReader.read(text, "todo");

    assertThat(reading.plan()).isNull();
    assertThat(reading.problems().getFirst().code()).isEqualTo(code);
    assertThat(reading.problems().getFirst().pointer()).isEqualTo(pointer == null ? "" : pointer);
  }

  @Test
  void whateverAModelWritesNothingIsThrown() {
    List<String> pieces =
        List.of(
            "{",
            "}",
            "[",
            "]",
            "\"nodes\":",
            "\"id\":",
            "\"a\"",
            ",",
            ":",
            "7",
            "null",
            "\\",
            "\"",
            "\u0000",
            "é",
            "{\"nodes\":[{",
            "\"runner\":\"noop\"",
            "[".repeat(600),
            "1e999999999",
            "\"inputs\":{}",
            "```",
            "\"dependencies\":[\"a\"]");
    QuickTheory.qt()
        .withFixedSeed(20_261_126)
        .withExamples(10_000)
        .forAll(
            SourceDSL.lists()
                .of(SourceDSL.integers().between(0, pieces.size() - 1))
                .ofSizeBetween(0, 30))
        .checkAssert(
            picks -> {
              Reading reading =
                  AnswerReader.read(
                      String.join("", picks.stream().map(pieces::get).toList()), "todo");

              assertThat(reading.plan() == null).isEqualTo(!reading.problems().isEmpty());
              assertThat(reading.problems())
                  .extracting(Finding::code)
                  .isSubsetOf(AnswerReader.INVALID_JSON, AnswerReader.INVALID_FORM);
            });
  }
}

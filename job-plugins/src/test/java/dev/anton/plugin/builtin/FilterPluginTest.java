package dev.anton.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPluginTest extends JobPluginContract {

  private static final String ITEMS =
      """
      [{"id": "a", "n": 1, "tags": ["x"]}, {"id": "b", "n": "10", "by": {"name": "Ann"}},
       {"id": "c", "n": null}]
      """;

  @Override
  protected JobPlugin plugin() {
    return new FilterPlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        input(ITEMS, "{\"field\": \"n\", \"value\": 1}", "all"),
        input("[]", "{\"field\": \".\", \"op\": \"exists\"}", "any"));
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"data\": []}",
        input("{}", "{\"field\": \"n\"}", "all"),
        input("[]", "{\"field\": \"n\"}", "all"),
        input("[]", "{\"field\": \"n\", \"op\": \"in\", \"value\": 1}", "all"),
        input("[]", "{\"field\": \"n\", \"op\": \"startsWith\", \"value\": 1}", "all"),
        input("[]", "{\"field\": \"n\", \"op\": \"exists\", \"value\": true}", "all"),
        input("[]", "{\"field\": \"n\", \"op\": \"matches\"}", "all"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"field\":\"n\",\"value\":1}                               | a",
        "{\"field\":\"n\",\"value\":10.0}                            | b",
        "{\"field\":\"n\",\"op\":\"ne\",\"value\":1}                 | b c",
        "{\"field\":\"n\",\"op\":\"gt\",\"value\":9}                 | b",
        "{\"field\":\"n\",\"op\":\"gte\",\"value\":\"10\"}           | b",
        "{\"field\":\"n\",\"op\":\"lt\",\"value\":10}                | a",
        "{\"field\":\"n\",\"op\":\"lte\",\"value\":10}               | a b",
        "{\"field\":\"id\",\"op\":\"gt\",\"value\":\"a\"}            | b c",
        "{\"field\":\"id\",\"op\":\"in\",\"value\":[\"a\",\"c\"]}    | a c",
        "{\"field\":\"id\",\"op\":\"startsWith\",\"value\":\"a\"}    | a",
        "{\"field\":\"by.name\",\"op\":\"endsWith\",\"value\":\"nn\"} | b",
        "{\"field\":\"by.name\",\"op\":\"contains\",\"value\":\"n\"} | b",
        "{\"field\":\"tags\",\"op\":\"contains\",\"value\":\"x\"}    | a",
        "{\"field\":\"n\",\"op\":\"exists\"}                         | a b",
      })
  void keepsWhatSatisfiesTheCondition(String condition, String kept) throws Exception {
    PluginRun run = PluginRun.of(plugin(), input(ITEMS, condition, "all"));

    assertThat(String.join(" ", run.run().output().findValuesAsString("id"))).isEqualTo(kept);
    assertThat(run.metrics().processedItems()).isEqualTo(3);
  }

  @Test
  void allOrAnyOfSeveralConditionsMustHold() throws Exception {
    String two = "{\"field\": \"n\", \"value\": 1}, {\"field\": \"id\", \"value\": \"b\"}";

    assertThat(PluginRun.of(plugin(), input(ITEMS, two, "all")).run().output()).isEmpty();
    assertThat(PluginRun.of(plugin(), input(ITEMS, two, "any")).run().output()).hasSize(2);
  }

  private static String input(String data, String conditions, String match) {
    return """
    {"data": %s, "options": {"filter": {"match": "%s", "where": [%s]}}}
    """
        .formatted(data, match, conditions);
  }
}

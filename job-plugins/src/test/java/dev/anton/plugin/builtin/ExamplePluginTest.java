package dev.anton.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ExamplePluginTest extends JobPluginContract {

  @Override
  protected JobPlugin plugin() {
    return new ExamplePlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{\"data\": \"your input\"}", "{\"data\": [1, null]}", "{\"data\": {\"a\": 1}}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"data\": null}", "{}", "{\"data\": 1, \"options\": {\"example-plugin\": {\"x\": 1}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\" your  input\"'  | text   | 2 | [\"your\",\"input\"]",
        "'\"\"'              | text   | 0 | []",
        "'[1, [2, 3], null]' | array  | 3 | [1,[2,3],null]",
        "'{\"a\": 1}'        | object | 1 | [1]",
        "'4.5'               | value  | 1 | [4.5]"
      })
  void takesItsDataApartAndCounts(String data, String kind, int count, String items)
      throws Exception {
    PluginRun run = PluginRun.of(plugin(), "{\"data\": " + data + "}");

    JsonNode output = run.run().output();

    assertThat(output.toString())
        .isEqualTo("{\"kind\":\"%s\",\"count\":%d,\"items\":%s}".formatted(kind, count, items));
    assertThat(run.metrics().processedItems()).isEqualTo(count);
  }

  @Test
  void givesOnlyTheFirstHundredBack() throws Exception {
    String numbers =
        IntStream.range(0, 101).mapToObj(Integer::toString).collect(Collectors.joining(","));

    JsonNode output = PluginRun.of(plugin(), "{\"data\": [" + numbers + "]}").run().output();

    assertThat(output.path("count").asInt()).isEqualTo(101);
    assertThat(output.path("items").size()).isEqualTo(100);
  }
}

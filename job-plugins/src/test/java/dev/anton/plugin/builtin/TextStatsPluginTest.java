package dev.anton.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextStatsPluginTest extends JobPluginContract {

  @Override
  protected JobPlugin plugin() {
    return new TextStatsPlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        "{\"data\": \"One. Two!\"}",
        "{\"data\": []}",
        "{\"data\": {\"a\": [\"b\"]}, \"options\": {\"text-stats\": {\"top\": 0}}}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"data\": 1}", "{\"data\": \"a\", \"options\": {\"text-stats\": {\"top\": 101}}}");
  }

  @Test
  void countsWhatATextIsMadeOf() throws Exception {
    PluginRun run =
        PluginRun.of(
            plugin(),
            """
            {"data": "The cat saw the dog. Don't run!\\n\\u00c4hm \\ud83d\\ude00",
             "options": {"text-stats": {"top": 2}}}
            """);

    assertThat(run.run().output().toString())
        .isEqualTo(
            """
            {"texts":1,"characters":37,"words":8,"uniqueWords":7,"sentences":3,"lines":2,\
            "topWords":[{"word":"the","count":2},{"word":"cat","count":1}]}\
            """);
    assertThat(run.metrics().processedItems()).isEqualTo(1);
    assertThat(run.metrics().own().toString()).isEqualTo("{words=8}");
  }

  @Test
  void findsTheTextsWithinTheOutputOfAnotherPlugin() throws Exception {
    PluginRun run =
        PluginRun.of(plugin(), "{}").after("example-plugin", "{\"items\": [\"a b\", 1, [\"c\"]]}");

    assertThat(run.run().output().path("words").asInt()).isEqualTo(3);
    assertThat(run.metrics().processedItems()).isEqualTo(2);
  }

  /** A pattern that goes into itself for each part would have no stack left. */
  @Test
  void aWordOfManyPartsIsCounted() throws Exception {
    String input = "{\"data\": \"%s\"}".formatted("a-".repeat(100_000) + "a");

    assertThat(PluginRun.of(plugin(), input).run().output().path("words").asInt()).isEqualTo(1);
  }
}

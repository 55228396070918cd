package dev.anton.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvParsePluginTest extends JobPluginContract {

  @Override
  protected JobPlugin plugin() {
    return new CsvParsePlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{\"data\": \"a,b\\n1,2\"}", "{\"data\": \"\"}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"data\": []}",
        "{\"data\": \"a\", \"options\": {\"csv-parse\": {\"separator\": \"\\n\"}}}",
        "{\"data\": \"a\", \"options\": {\"csv-parse\": {\"separator\": \"ab\"}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\n"
            + "1,2\\n"
            + "\\n"
            + "3,4  | {}                     |"
            + " [{\"a\":\"1\",\"b\":\"2\"},{\"a\":\"3\",\"b\":\"4\"}]",
        "\\ufeffa\\r\\n1     | {}                     | [{\"a\":\"1\"}]",
        "a\\n\\\"x,\\\"\\\"y\\n\\\" | {}       | [{\"a\":\"x,\\\"y\\n\"}]",
        "a;b\\n007;          | {\"separator\":\";\"}  | [{\"a\":\"007\",\"b\":\"\"}]",
        "1,2\\n3             | {\"header\":false}     | [[\"1\",\"2\"],[\"3\"]]",
        "a,b\\n1             | {}                     | [{\"a\":\"1\"}]",
        "a,b                 | {}                     | []",
      })
  void parses(String csv, String options, String expected) throws Exception {
    PluginRun run = run(csv, options);

    assertThat(run.run().output().toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'a,b\\n1,2,3' | Line 2 has 3 fields", "'a,a\\n1,2' | field a twice"})
  void saysWhatIsWrongWithTheText(String csv, String error) {
    assertThatThrownBy(() -> run(csv, "{}").run())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(error);
  }

  @Test
  void countsRowsAndFields() throws Exception {
    PluginRun run = run("a,b\\n1,2\\n3,4", "{}");
    run.run();

    assertThat(run.metrics().processedItems()).isEqualTo(2);
    assertThat(run.metrics().own().toString()).isEqualTo("{fields=2}");
  }

  private PluginRun run(String csv, String options) {
    return PluginRun.of(
        plugin(), "{\"data\": \"%s\", \"options\": {\"csv-parse\": %s}}".formatted(csv, options));
  }
}

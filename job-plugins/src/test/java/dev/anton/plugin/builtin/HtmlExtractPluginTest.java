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
import org.junit.jupiter.params.provider.ValueSource;

class HtmlExtractPluginTest extends JobPluginContract {

  private static final String PAGE =
      "<title>A page</title><h1>One</h1><p class=x>Two <b>bold</b><p>Three<a href='/to'>go</a>";

  @Override
  protected JobPlugin plugin() {
    return new HtmlExtractPlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        input("{}"), input("{\"select\": {\"h\": {\"css\": \"h1\"}}}"), "{\"data\": \"\"}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of("{\"data\": 1}", input("{\"select\": {\"h\": {}}}"), input("{\"select\": {}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"css\":\"p\"}                                | [\"Two bold\",\"Threego\"]",
        "{\"css\":\"p.x\",\"first\":true}               | \"Two bold\"",
        "{\"css\":\"table\",\"first\":true}             | null",
        "{\"css\":\"a\",\"attribute\":\"href\"}         | [\"/to\"]",
        "{\"css\":\"a\",\"attribute\":\"abs:href\"}     | [\"https://example.org/to\"]",
      })
  void selects(String selection, String expected) throws Exception {
    PluginRun run =
        PluginRun.of(
            plugin(),
            input(
                "{\"baseUrl\": \"https://example.org/\", \"select\": {\"it\": %s}}"
                    .formatted(selection)));

    assertThat(run.run().output().path("it").toString()).isEqualTo(expected);
  }

  @Test
  void withoutSelectorsItTakesTitleTextAndLinks() throws Exception {
    assertThat(PluginRun.of(plugin(), input("{}")).run().output().toString())
        .isEqualTo("{\"title\":\"A page\",\"text\":\"One Two bold Threego\",\"links\":[\"/to\"]}");
  }

  @Test
  void aSelectorThatCannotBeReadIsNamed() {
    assertThatThrownBy(
            () -> PluginRun.of(plugin(), input("{\"select\": {\"it\": {\"css\": \"p[\"}}}")).run())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("select.it.css");
  }

  private static String input(String options) {
    return "{\"data\": \"%s\", \"options\": {\"html-extract\": %s}}".formatted(PAGE, options);
  }

  @Test
  void aPatternThatWouldBacktrackForEverIsMatchedInLinearTime() throws Exception {
    String page = "\"<p>" + "a".repeat(5_000) + "!</p>\"";
    String input =
        "{\"data\": %s, \"options\": {\"html-extract\": {\"select\": {\"p\": {\"css\": \"p:matches((a+)+$)\"}}}}}"
            .formatted(page);

    assertThat(PluginRun.of(plugin(), input).run().output()).hasToString("{\"p\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p:has(a:has(b:has(i)))", "p:matches(()", "p[", "p:nope(1)"})
  void aSelectorThatCannotBeUsedFailsForGood(String css) {
    assertThatThrownBy(
            () ->
                PluginRun.of(plugin(), input("{\"select\": {\"x\": {\"css\": \"" + css + "\"}}}"))
                    .run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("select.x.css");
  }

  @Test
  void aPageIsNotHandedOnAThousandTimes() {
    String page = "<div>".repeat(400) + "a".repeat(200_000);
    String input =
        "{\"data\": \"%s\", \"options\": {\"html-extract\": {\"select\": {\"d\": {\"css\": \"div\"}}}}}"
            .formatted(page);
    PluginRun run = PluginRun.of(plugin(), input);

    assertThatThrownBy(run::run)
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("more than the 1048576 bytes");
  }
}

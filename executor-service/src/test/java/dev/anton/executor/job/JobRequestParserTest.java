package dev.anton.executor.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anton.api.problem.ProblemException;
import dev.anton.executor.plugin.PluginCatalogue;
import dev.anton.schemas.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpStatus;

class JobRequestParserTest {

  private final JobRequestParser parser =
      new JobRequestParser(
          PluginCatalogue.onClassPath(),
          new Binder(new MapConfigurationPropertySource(Map.of()))
              .bindOrCreate("anton.jobs", JobsProperties.class));

  @Test
  void readsTheGuidesJob() {
    JobRequest request =
        parse(
            """
            {
              "input": {"data": "your input"},
              "plugins": ["example-plugin"],
              "retries": 2,
              "timeout": "30s",
              "webhook": {
                "url": "https://your-webhook-endpoint.com/hook",
                "headers": {
                  "Authorization": "Bearer your-token",
                  "Custom-Header": "custom-value"
                },
                "on": ["completed", "failed"],
                "retries": 5
              }
            }
            """);

    assertThat(request.definition().plugins()).containsExactly("example-plugin");
    assertThat(request.definition().input().toString()).isEqualTo("{\"data\":\"your input\"}");
    assertThat(request.definition().retries()).isEqualTo(2);
    assertThat(request.definition().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(request.webhook())
        .isEqualTo(
            new InlineWebhook(
                "https://your-webhook-endpoint.com/hook",
                Map.of("Authorization", "Bearer your-token", "Custom-Header", "custom-value"),
                List.of("completed", "failed"),
                5));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    JobRequest request =
        parse("{\"input\": \"x\", \"plugins\": [\"text-stats\"], \"webhook\": {\"url\": \"u\"}}");

    assertThat(request.definition().retries()).isZero();
    assertThat(request.definition().timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(request.webhook()).isEqualTo(new InlineWebhook("u", Map.of(), null, 3));
  }

  @ParameterizedTest
  @CsvSource({"'\"PT2M\"', 120000", "'\"90s\"', 90000", "1500, 1500", "'\"250ms\"', 250"})
  void aTimeoutHasSeveralForms(String timeout, long millis) {
    assertThat(
            parse("{\"input\": 1, \"plugins\": [\"example-plugin\"], \"timeout\": " + timeout + "}")
                .definition()
                .timeout())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                 |                            | object",
        "{\"plugins\":[\"example-plugin\"]}                 | /input                     |"
            + " required",
        "{\"input\":null,\"plugins\":[\"example-plugin\"]}  | /input                     |"
            + " required",
        "{\"input\":1}                                      | /plugins                   |"
            + " text-stats",
        "{\"input\":1,\"plugins\":[]}                       | /plugins                   | 1 to"
            + " 100",
        "{\"input\":1,\"plugins\":\"example-plugin\"}       | /plugins                   | array",
        "{\"input\":1,\"plugins\":[\"nope\"]}               | /plugins/0                 |"
            + " example-plugin",
        "{\"input\":1,\"plugins\":[\"example-plugin\",7]}   | /plugins/1                 |"
            + " example-plugin",
        "{\"input\":1,\"plugin\":1,\"plugins\":[\"example-plugin\"]} | /plugin           | known"
            + " are input",
        "{\"input\":{},\"plugins\":[\"example-plugin\"]}    | /input/data                |"
            + " input.data",
        "{\"input\":{\"data\":1},\"plugins\":[\"text-stats\"]} | /input/data             | string",
        "{\"input\":{\"data\":\"a\",\"options\":{\"text-stats\":{\"top\":101}}},\"plugins\":[\"text-stats\"]}"
            + " | /input/options/text-stats/top | 100",
        "{\"input\":{\"data\":1,\"options\":{\"example-plugin\":{\"from\":\"x\"}}},\"plugins\":[\"example-plugin\"]}"
            + " | /input/options/example-plugin/from | input",
      })
  void saysWhereAJobIsWrong(String body, String pointer, String word) {
    assertRefused(body, pointer == null ? "" : pointer, word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"retries\": -1                                  | /retries           | 0 to 10",
        "\"retries\": 11                                  | /retries           | 0 to 10",
        "\"retries\": 1.5                                 | /retries           | whole",
        "\"retries\": \"1\"                               | /retries           | whole",
        "\"timeout\": \"soon\"                            | /timeout           | 30s",
        "\"timeout\": 0                                   | /timeout           | 1 ms",
        "\"timeout\": \"25h\"                             | /timeout           | 24 h",
        "\"timeout\": true                                | /timeout           | 30s",
        "\"webhook\": \"https://x\"                       | /webhook           | url",
        "\"webhook\": {}                                  | /webhook/url       | address",
        "\"webhook\": {\"url\": 7}                        | /webhook/url       | address",
        "\"webhook\": {\"url\":\"u\",\"on\":[\"done\"]}   | /webhook/on/0      | started, progress,"
            + " completed, failed",
        "\"webhook\": {\"url\":\"u\",\"on\":[]}           | /webhook/on        | leave it out",
        "\"webhook\": {\"url\":\"u\",\"retries\":11}      | /webhook/retries   | 0 to 10",
        "\"webhook\": {\"url\":\"u\",\"headers\":[]}      | /webhook/headers   | object",
        "\"webhook\": {\"url\":\"u\",\"headers\":{\"a/b\":1}} | /webhook/headers/a~1b | text",
        "\"webhook\": {\"url\":\"u\",\"secret\":\"s\"}    | /webhook/secret    | known are url",
      })
  void saysWhereItsSettingsAreWrong(String member, String pointer, String word) {
    assertRefused("{\"input\":1,\"plugins\":[\"example-plugin\"]," + member + "}", pointer, word);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> parse("{\"plugins\": [], \"retries\": -1}"));

    assertThat(problem.errors()).hasSize(3);
    assertThat(problem).hasMessageContaining("3 things");
  }

  @Test
  void anInputTooLargeForAnEventIsTooLarge() {
    String text = "x".repeat(JobDefinition.MAX_INPUT_BYTES);

    assertThatThrownBy(
            () -> parse("{\"input\": \"" + text + "\", \"plugins\": [\"example-plugin\"]}"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.status()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
              assertThat(e.code()).isEqualTo("input-too-large");
            });
  }

  @Test
  void theLargestInputAndAHundredLongestNamesFitOneEvent() {
    int names = JobDefinition.MAX_PLUGINS * ("\"\",".length() + 64);

    assertThat(JobDefinition.MAX_INPUT_BYTES + names + 1_000)
        .isLessThanOrEqualTo(dev.anton.outbox.Outbox.MAX_VALUE_BYTES);
  }

  @Test
  void aWebhookKeepsItsAddressAndHeadersToItself() {
    InlineWebhook webhook =
        new InlineWebhook("https://secret.example", Map.of("Authorization", "Bearer x"), null, 3);

    assertThat(webhook.toString()).doesNotContain("secret", "Bearer");
  }

  private void assertRefused(String body, String pointer, String word) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, () -> parse(body));

    assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(problem.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.pointer()).isEqualTo(pointer);
              assertThat(error.detail()).contains(word);
            });
  }

  private JobRequest parse(String body) {
    return parser.parse(WireJson.mapper().readTree(body));
  }
}

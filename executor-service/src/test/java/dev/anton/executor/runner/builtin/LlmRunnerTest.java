package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.runner.builtin.StubModel.Ending;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import dev.anton.plugin.testkit.RunnerAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LlmRunnerTest extends NodeRunnerContract {

  private static final String GOOD = files("src/a.py", "print(1)\\n");

  private StubModel model;

  @BeforeEach
  void start() throws IOException {
    model = new StubModel().always(GOOD);
  }

  @AfterEach
  void stop() {
    model.close();
  }

  @Override
  protected NodeRunner runner() {
    return new LlmRunner();
  }

  @Override
  protected Map<String, String> settings() {
    return model.settings("openai");
  }

  @Override
  protected String instructions() {
    return "Write a program";
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{}", "{\"files\": [\"src/a.py\", \"b.txt\"]}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"files\": \"a\"}",
        "{\"files\": [\"../a\"]}",
        "{\"context\": [\"missing\"]}",
        "{\"context\": [1]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama"})
  void whatTheModelAnswersIsWritten(String provider) throws Exception {
    Files.writeString(project().resolve("spec.md"), "The specification");

    NodeResult result = attempt(provider, "{\"context\": [\"spec.md\"]}").by(runner());

    assertThat(result)
        .isEqualTo(
            NodeResult.completed(
                Map.of("files", List.of("src/a.py"), "model", "stub-1", "tokens", 30, "calls", 1)));
    assertThat(project().resolve("src/a.py")).hasContent("print(1)\n");
    JsonNode question = model.questions().getFirst();
    assertThat(question.path("model").asString()).isEqualTo("stub-1");
    assertThat(question.toString()).contains("Write a program").contains("The specification");
    assertThat(model.headers().getFirst().values()).anyMatch(value -> value.endsWith("s3cret-key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama"})
  void anAnswerThatCannotBeUsedIsSentBackWithWhatIsWrong(String provider) throws Exception {
    model.then("I would rather talk.").then(files("../../etc/cron.d/x", "")).then(GOOD);

    NodeResult result = attempt(provider, "{}").by(runner());

    assertThat(result).isInstanceOf(NodeResult.Completed.class);
    assertThat(model.questions()).hasSize(3);
    assertThat(model.questions().get(1).toString())
        .contains("I would rather talk.")
        .contains("Your answer is no JSON");
    assertThat(model.questions().get(2).toString()).contains("leads out of the project");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama"})
  void anAnswerThatWasCutOffIsNotWritten(String provider) throws Exception {
    model.then(GOOD, Ending.CUT).then(GOOD, Ending.CUT).then(GOOD, Ending.CUT);

    NodeResult result = attempt(provider, "{}").by(runner());

    assertThat(error(result)).contains("after 3 calls").contains("was cut off");
    assertThat(project()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void aRefusalIsFinal(String provider) throws Exception {
    model.then("I cannot help with that", Ending.REFUSED);

    NodeResult result = attempt(provider, "{}").by(runner());

    assertThat(result).isEqualTo(NodeResult.badInput("The model refused: I cannot help with that"));
    assertThat(model.questions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"files": []}                                                    | has no files
          {"file": 1}                                                      | has no files
          {"files": [{"path": "a"}]}                                       | a path and a content
          {"files": [{"path": "/etc/passwd", "content": ""}]}              | leads out
          {"files": [{"path": "a/../../b", "content": ""}]}                | leads out
          {"files": [{"path": ".git/hooks/pre-commit", "content": ""}]}    | leads into the git folder
          {"files": [{"path": ".anton/plan/plan.json", "content": ""}]}    | leads into the folder of the plan
          {"files": [{"path": "link/a", "content": ""}]}                   | goes through the link
          {"files": [{"path": ".", "content": ""}]}                        | is a folder
          {"files": [{"path": "a", "content": ""}, {"path": "./a", "content": ""}]} | is there twice
          {"files": [{"path": "a", "content": "12345678901"}]}             | at most 10 are taken
          {"files": [{"path": "a", "content": "1234567890"}, {"path": "b", "content": "1234567890"}]} | bytes together
          {"files": [{"path": "a", "content": ""}, {"path": "b", "content": ""}, {"path": "c", "content": ""}]} | has 3 files
          """)
  void whatMayNotBeWrittenIsRefusedAndNothingIs(String answer, String reason) throws Exception {
    Files.createSymbolicLink(project().resolve("link"), project().getParent());
    model.always(answer);
    Map<String, String> settings = new HashMap<>(settings());
    settings.putAll(
        Map.of("max-files", "2", "max-file-bytes", "10", "max-bytes", "15", "corrections", "1"));

    NodeResult result = attempt("openai", "{}").with(settings).by(runner());

    assertThat(error(result)).contains(reason).contains("after 2 calls");
    assertThat(project()).isDirectoryNotContaining("regex:.*/(a|b|c|hooks|plan)");
  }

  @Test
  void onlyTheFilesThatTheNodeNamesAreWritten() throws Exception {
    model.then(files("other.py", "")).then(files("./mine.py", "x"));

    NodeResult result = attempt("openai", "{\"files\": [\"mine.py\"]}").by(runner());

    assertThat(result).isInstanceOf(NodeResult.Completed.class);
    assertThat(model.questions().get(1).toString()).contains("not among those to write: mine.py");
    assertThat(project().resolve("mine.py")).hasContent("x");
    assertThat(project().resolve("other.py")).doesNotExist();
  }

  @Test
  void noCallIsMadeBeyondTheTokensOfANode() throws Exception {
    model.always("nonsense");
    Map<String, String> settings = new HashMap<>(settings());
    settings.putAll(Map.of("corrections", "10", "max-tokens", "50"));

    NodeResult result = attempt("openai", "{}").with(settings).by(runner());

    assertThat(error(result)).contains("after 2 calls and 60 tokens");
  }

  @ParameterizedTest
  @CsvSource({
    "400,false",
    "401,false",
    "404,false",
    "408,true",
    "429,true",
    "500,true",
    "503,true",
    "529,true"
  })
  void anErrorOfTheServerIsToldWithoutTheKey(int status, boolean retryable) throws Exception {
    model.thenRaw(status, "{\"error\": {\"message\": \"No: s3cret-key\"}}");

    NodeResult result = attempt("openai", "{}").by(runner());

    assertThat(result)
        .isEqualTo(
            new NodeResult.Failed(
                "The model's server answered with the status " + status + ": No: ***", retryable));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"choices": [           | is no JSON
          {}                      | has no files
          {"choices": "x"}        | has no files
          """)
  void anAnswerOutsideOfTheProtocolFails(String body, String reason) throws Exception {
    model.thenRaw(200, body).thenRaw(200, body).thenRaw(200, body);

    assertThat(error(attempt("openai", "{}").by(runner()))).contains(reason);
  }

  @Test
  void anAnswerWithoutEndIsBrokenOff() throws Exception {
    model.thenRaw(200, "x".repeat(8 << 20));

    assertThat(error(attempt("openai", "{}").by(runner()))).contains("has more than");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          provider |        | it is off
          provider | other  | openai, anthropic or ollama, not other
          model    |        | names no model
          base-url | nope   | is no http or https URL
          https-only | true | is no https URL
          max-files| many   | max-files is a whole number
          """)
  void aRunnerThatIsNotSetUpIsUnavailable(String setting, String value, String why) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(setting, value == null ? "" : value);

    assertThat(runner().unavailable(settings))
        .hasValueSatisfying(reason -> assertThat(reason).contains(why));
  }

  @Test
  void itIsOffUnlessItIsSwitchedOn() throws Exception {
    assertThat(runner().unavailable(Map.of())).contains(ModelSettings.OFF);
    assertThat(error(RunnerAttempt.in(project(), "{}").told("Write").by(runner())))
        .contains("it is off");
  }

  @Test
  void theModelsAddressIsVettedToo() throws Exception {
    Map<String, String> settings = new HashMap<>(settings());
    settings.remove("allowed-networks");

    assertThat(error(attempt("openai", "{}").with(settings).by(runner())))
        .contains("a loopback address");
  }

  @Test
  void aNodeWithoutInstructionsIsRefused() throws Exception {
    assertThat(error(RunnerAttempt.in(project(), "{}").with(settings()).by(runner())))
        .contains("no instructions");
  }

  private RunnerAttempt attempt(String provider, String inputs) {
    return RunnerAttempt.in(project(), inputs).with(model.settings(provider)).told(instructions());
  }

  private static String error(NodeResult result) {
    assertThat(result).isInstanceOf(NodeResult.Failed.class);
    return ((NodeResult.Failed) result).error();
  }

  private static String files(String path, String content) {
    return "{\"files\":[{\"path\":\"%s\",\"content\":\"%s\"}]}".formatted(path, content);
  }
}

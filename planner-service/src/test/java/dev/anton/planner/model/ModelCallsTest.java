package dev.anton.planner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anton.planner.model.CallFailedException.Reason;
import dev.anton.planner.model.StubProvider.Reply;
import dev.anton.planner.model.StubProvider.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each provider's protocol over real HTTP, spoken well and badly. */
@ExtendWith(OutputCaptureExtension.class)
class ModelCallsTest {

  private final StubProvider stub = new StubProvider();
  private static final String TEXT = "{\"nodes\": [\"é\", \"🚀\", \"" + "x".repeat(300) + "\"]}";
  private static final List<Message> MESSAGES =
      List.of(
          new SystemMessage("the rules"),
          new UserMessage("the order"),
          new AssistantMessage("{}"),
          new UserMessage("the correction"));

  @AfterEach
  void stop() {
    stub.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void anAnswerIsHeardToItsEnd(ModelProvider provider) throws Exception {
    stub.replies(new Reply.Says(TEXT));

    Answer answer = call(provider);

    assertThat(answer.text()).isEqualTo(TEXT);
    assertThat(answer.cut()).isFalse();
    assertThat(answer.tokens())
        .isEqualTo(new TokenCount(StubProvider.INPUT_TOKENS, StubProvider.OUTPUT_TOKENS));
    assertThat(stub.requests()).hasSize(1);
    Request request = stub.requests().getFirst();
    assertThat(request.said()).contains("the rules", "the order", "the correction");
    assertThat(request.body().path("model").asString()).isEqualTo("m");
    assertThat(request.body().path("stream").asBoolean()).isTrue();
    assertThat(request.body().toString()).contains("4321");
    assertThat(request.headers().toString()).contains("sk-secret");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void anAnswerThatWasTooLongIsCut(ModelProvider provider) throws Exception {
    stub.replies(new Reply.CutOff("{\"nodes\": ["));

    Answer answer = call(provider);

    assertThat(answer.cut()).isTrue();
    assertThat(answer.text()).isEqualTo("{\"nodes\": [");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
            Arguments.of(new Reply.Status(429, Map.of("Retry-After", "7")), Reason.RATE_LIMIT),
            Arguments.of(new Reply.Status(500, Map.of()), Reason.SERVER_ERROR),
            Arguments.of(new Reply.Status(503, Map.of()), Reason.SERVER_ERROR),
            Arguments.of(new Reply.Status(401, Map.of()), Reason.UNAUTHORIZED),
            Arguments.of(new Reply.Status(400, Map.of()), Reason.REFUSED_REQUEST),
            Arguments.of(new Reply.Status(404, Map.of()), Reason.REFUSED_REQUEST),
            Arguments.of(new Reply.FallsSilent("{\"no"), Reason.TIMEOUT),
            Arguments.of(new Reply.Babbles(), Reason.TOO_LONG),
            Arguments.of(new Reply.BreaksOff("{\"no"), null),
            Arguments.of(new Reply.FailsWithin("{\"no"), null))
        .flatMap(
            failure ->
                Stream.of(ModelProvider.OPENAI, ModelProvider.ANTHROPIC, ModelProvider.OLLAMA)
                    .map(provider -> Arguments.of(provider, failure.get()[0], failure.get()[1])));
  }

  /** Without a reason: any for which it is tried again. */
  @ParameterizedTest
  @MethodSource("failures")
  void whatGoesWrongHasAReasonAndTellsNoSecret(
      ModelProvider provider, Reply reply, Reason reason, CapturedOutput output) {
    stub.replies(reply);
    String url = stub.baseUrl(provider);
    ModelProperties properties =
        reply instanceof Reply.FallsSilent
            ? Configured.impatient(provider, url)
            : Configured.properties(provider, url);

    assertThatExceptionOfType(CallFailedException.class)
        .isThrownBy(() -> call(properties, () -> true))
        .satisfies(
            e -> {
              if (reason == null) {
                assertThat(e.reason().mayPass()).as(e.getMessage()).isTrue();
              } else {
                assertThat(e.reason()).isEqualTo(reason);
              }
              assertThat(e.retryAfter())
                  .isEqualTo(reason == Reason.RATE_LIMIT ? Duration.ofSeconds(7) : null);
              assertThat(e.tokens().input() > 0).isEqualTo(!(reply instanceof Reply.Status));
              assertThat(e).hasMessageNotContaining("sk-secret").hasNoCause();
            });
    assertThat(stub.requests()).as("the library does not try again by itself").hasSize(1);
    assertThat(output).doesNotContain("sk-secret");
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void aRefusalIsNoAnswer(ModelProvider provider) {
    stub.replies(new Reply.Refuses());

    assertThatExceptionOfType(CallFailedException.class)
        .isThrownBy(() -> call(provider))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.REFUSAL));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aCallThatNobodyWantsIsGivenUp(ModelProvider provider) {
    stub.replies(new Reply.FallsSilent("{"));

    assertThatExceptionOfType(PlanningAbandonedException.class)
        .isThrownBy(() -> call(provider, () -> false));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void nobodyThere(ModelProvider provider) {
    ModelProperties properties =
        Configured.properties(
            provider,
            provider == ModelProvider.OPENAI ? "http://127.0.0.1:1/v1" : "http://127.0.0.1:1");

    assertThatExceptionOfType(CallFailedException.class)
        .isThrownBy(() -> call(properties, () -> true))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CONNECTION));
  }

  @Test
  void ofAnErrorThatIsNoneOfHttpsTheKindIsLogged(CapturedOutput output) {
    stub.replies(new Reply.FailsWithin("{\"no"));

    assertThatExceptionOfType(CallFailedException.class)
        .isThrownBy(() -> call(ModelProvider.OLLAMA));

    assertThat(output).containsPattern("language model failed: \\[[a-z]+\\.[\\w.$]+");
  }

  @Test
  void textIsCountedInBytes() {
    assertThat(TokenCount.estimate(0)).isZero();
    assertThat(ModelCalls.estimate(List.of(new UserMessage("漢字".repeat(300)))))
        .as("a token for each character, at least")
        .isGreaterThanOrEqualTo(600);
  }

  @Test
  void aWaitIsASecondsCountOrADate() {
    Instant now = Instant.parse("2026-11-26T10:00:00Z");

    assertThat(ProviderErrors.retryAfter("20", now)).isEqualTo(Duration.ofSeconds(20));
    assertThat(ProviderErrors.retryAfter("Thu, 26 Nov 2026 10:01:00 GMT", now))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(ProviderErrors.retryAfter("Thu, 26 Nov 2020 10:01:00 GMT", now)).isZero();
    assertThat(ProviderErrors.retryAfter("soon", now)).isNull();
    assertThat(ProviderErrors.retryAfter(null, now)).isNull();
  }

  private Answer call(ModelProvider provider) throws Exception {
    return call(provider, () -> true);
  }

  private Answer call(ModelProvider provider, BooleanSupplier stillWanted) throws Exception {
    return call(Configured.properties(provider, stub.baseUrl(provider)), stillWanted);
  }

  private static Answer call(ModelProperties properties, BooleanSupplier stillWanted)
      throws Exception {
    return new ModelCalls(ChatModels.of(properties), properties.limits(), Clock.systemUTC())
        .call(MESSAGES, Duration.ofSeconds(20), stillWanted);
  }
}

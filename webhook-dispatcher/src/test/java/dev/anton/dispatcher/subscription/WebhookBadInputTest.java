package dev.anton.dispatcher.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, with a sentence that helps. */
class WebhookBadInputTest extends WebhookApi {

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInput")
  void refusesBadInputWithASentenceThatHelps(
      String body, String code, String pointer, String helps) {
    Answer answer = client.post("/api/webhooks/register", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
    assertThat(answer.pointers()).as(answer.body()).contains(pointer);
    assertThat(answer.body()).contains(helps);
    assertThat(client.get("/api/webhooks").listed("id")).isEmpty();
  }

  static Stream<Arguments> badInput() {
    return Stream.of(
            Stream.of(
                url("/relative", "invalid-url", "absolute http or https URL"),
                url("file:///etc/passwd", "invalid-url", "absolute http or https URL"),
                url("ftp://example.com/x", "invalid-url", "absolute http or https URL"),
                url("javascript:alert(1)", "invalid-url", "absolute http or https URL"),
                url("https://", "invalid-url", "https://example.com/webhooks"),
                url("https://user:pw@example.com/", "invalid-url", "credentials"),
                url("https://example.com/#part", "invalid-url", "fragment"),
                url("https://exa mple.com/", "invalid-url", "absolute"),
                url("https://example.com:0/", "invalid-url", "port"),
                url("https://example.com:99999/", "invalid-url", "port"),
                url("https://example.com/" + "a".repeat(2048), "invalid-request", "2048"),
                url("http://10.0.0.1/", "address-not-allowed", "a private address"),
                url("http://169.254.169.254/latest", "address-not-allowed", "link-local"),
                url("http://[::ffff:10.0.0.1]/", "address-not-allowed", "a private address"),
                url("http://[fd00::1]/", "address-not-allowed", "a unique local address"),
                url("http://167772161/", "address-not-allowed", "an unusual notation"),
                url("http://0x0a.0.0.1/", "invalid-url", "usual notation"),
                url("http://10.1/", "invalid-url", "usual notation")),
            Stream.of(
                with("\"events\": []", "unknown-event", "/events", "plan.completed"),
                with("\"events\": null", "unknown-event", "/events", "plan.completed"),
                with("\"events\": \"*\"", "invalid-request", "/events", "an array"),
                with("\"events\": [1]", "invalid-request", "/events/0", "a string"),
                with("\"events\": [\"plan.begun\"]", "unknown-event", "/events/0", "plan.started"),
                with("\"events\": [\"plans.*\"]", "unknown-event", "/events/0", "plan.*"),
                with("\"events\": [\"\"]", "unknown-event", "/events/0", "known are"),
                with("\"secret\": \"\"", "invalid-secret", "/secret", "whsec_"),
                with("\"secret\": \"whsec_*\"", "invalid-secret", "/secret", "base64"),
                with(
                    "\"secret\": \"" + "ä".repeat(513) + "\"", "invalid-secret", "/secret", "1024"),
                with("\"secret\": 5", "invalid-request", "/secret", "a string"),
                with("\"format\": \"xml\"", "unknown-format", "/format", "cloudevents-binary"),
                with("\"secrett\": \"x\"", "unknown-field", "/secrett", "secret"),
                with("\"description\": \"a\\u0000b\"", "invalid-request", "/description", "string"),
                with("\"maxRatePerSecond\": 0", "invalid-request", "/maxRatePerSecond", "10000")),
            Stream.of(
                header("Host", "example.com", "belongs to the connection"),
                header("transfer-encoding", "chunked", "belongs to the connection"),
                header("Content-Type", "text/plain", "set by every delivery"),
                header("webhook-signature", "x", "set by every delivery"),
                header("X-ANTON-Event", "x", "set by every delivery"),
                header("traceparent", "x", "set by every delivery"),
                header("Bad Name", "x", "letters, digits and dashes"),
                header("X-Evil", "a\\r\\nHost: b", "no line break"),
                header("X-Long", "a".repeat(9000), "8192 bytes")),
            Stream.of(
                retry("{}", "/retry", "schedule"),
                retry("{\"schedule\": [\"5s\"], \"maxAttempts\": 3}", "/retry", "either"),
                retry("{\"schedule\": [\"5\"]}", "/retry/schedule/0", "1s to 7d"),
                retry("{\"schedule\": [\"1s\", \"8d\"]}", "/retry/schedule/1", "1s to 7d"),
                retry("{\"maxAttempts\": 3, \"multiplier\": 0.5}", "/retry/multiplier", "1 to 100"),
                retry("{\"initialDelay\": \"5s\"}", "/retry/maxAttempts", "required")))
        .flatMap(cases -> cases);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Answer answer =
        client.post(
            "/api/webhooks/register",
            "{\"url\": \"nope\", \"events\": [\"a.b\", \"c.d\"], \"format\": \"xml\"}");

    assertThat(answer.text("code")).isEqualTo("invalid-request");
    assertThat(answer.pointers())
        .containsExactlyInAnyOrder("/url", "/events/0", "/events/1", "/format");
  }

  private static Arguments url(String url, String code, String helps) {
    return Arguments.of("{\"url\": \"" + url + "\", \"events\": [\"*\"]}", code, "/url", helps);
  }

  private static Arguments with(String field, String code, String pointer, String helps) {
    String events = field.contains("\"events\"") ? "" : "\"events\": [\"*\"], ";
    return Arguments.of(
        "{\"url\": \"https://example.com/h\", " + events + field + "}", code, pointer, helps);
  }

  private static Arguments header(String name, String value, String helps) {
    String pointer = value.length() > 1000 ? "/headers" : "/headers/" + name;
    return with(
        "\"headers\": {\"" + name + "\": \"" + value + "\"}", "invalid-header", pointer, helps);
  }

  private static Arguments retry(String retry, String pointer, String helps) {
    return with("\"retry\": " + retry, "invalid-retry", pointer, helps);
  }
}

package dev.anton.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpCallTest {

  private static final CallSettings SETTINGS =
      CallSettings.of(Map.of("secret.token", "s3cret", "secret.token.hosts", "api.example.org"));

  @Test
  void aUrlAloneIsAGet() throws Exception {
    HttpCall call = read("{\"url\": \"https://example.org/a?b=c\"}");

    assertThat(call.request().method()).isEqualTo("GET");
    assertThat(call.request().url()).isEqualTo(URI.create("https://example.org/a?b=c"));
    assertThat(call.request().body()).isNull();
    assertThat(call.request().bounds().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(call.expected().accepts(204)).isTrue();
    assertThat(call.expected().accepts(301)).isFalse();
    assertThat(call.retryOn()).contains(429, 503).doesNotContain(500 + 1, 404);
  }

  @Test
  void aBodyThatIsNoTextIsJson() throws Exception {
    HttpCall call =
        read("{\"url\": \"http://example.org\", \"method\": \"post\", \"body\": {\"a\": 1}}");

    assertThat(call.request().body()).asString(UTF_8).isEqualTo("{\"a\":1}");
    assertThat(call.request().headers()).containsEntry("Content-Type", "application/json");
  }

  @Test
  void dataIsTheBodyOfWhatTakesOneUnlessAnotherIsGiven() throws Exception {
    JsonNode data = json("[1]");

    assertThat(
            HttpCall.read(
                    json("{\"url\": \"http://example.org\", \"method\": \"PUT\"}"), data, SETTINGS)
                .request()
                .body())
        .asString(UTF_8)
        .isEqualTo("[1]");
    assertThat(
            HttpCall.read(json("{\"url\": \"http://example.org\"}"), data, SETTINGS)
                .request()
                .body())
        .isNull();
  }

  @Test
  void aSecretGoesOnlyToItsHosts() throws Exception {
    String headers =
        "\"headers\": {\"Authorization\": {\"secret\": \"token\", \"prefix\": \"Bearer \"}}";

    assertThat(
            read("{\"url\": \"https://api.example.org\", %s}".formatted(headers))
                .request()
                .headers())
        .containsEntry("Authorization", "Bearer s3cret");
    assertThatExceptionOfType(IllegalCallException.class)
        .isThrownBy(() -> read("{\"url\": \"https://evil.example.org\", %s}".formatted(headers)))
        .withMessageContaining("is not to be sent to evil.example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                             | url is a text
          {"url": "example.org"}                                         | url begins with
          {"url": "file:///etc/passwd"}                                  | url begins with
          {"url": "http://a b"}                                          | url is no URL
          {"url": "http://me:pw@example.org"}                            | no user or password
          {"url": "http://example.org", "method": "TRACE"}               | method is one of
          {"url": "http://example.org", "body": "x"}                     | GET request has no body
          {"url": "http://example.org", "headers": {"Host": "x"}}        | set by the client
          {"url": "http://example.org", "headers": {"A": "x\\r\\nB: y"}} | on one line
          {"url": "http://example.org", "headers": {"A:": "x"}}          | a name of its own
          {"url": "http://example.org", "headers": {"A": 1}}             | is a text, or
          {"url": "http://example.org", "headers": {"A": {"secret": "no"}}} | no secret called no
          {"url": "http://example.org", "timeout": "1h"}                 | timeout is
          {"url": "http://example.org", "timeout": 0}                    | timeout is
          {"url": "http://example.org", "redirects": 9}                  | redirects is
          {"url": "http://example.org", "expectedStatus": [700]}         | expectedStatus is
          {"url": "http://example.org", "retryOn": "x"}                  | retryOn is
          {"url": "http://example.org", "outputHeaders": "x"}            | outputHeaders is
          """)
  void whatCannotBeSentIsRefused(String json, String reason) {
    assertThatExceptionOfType(IllegalCallException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          application/json               | {"a":1} | {"status":200,"headers":{},"body":{"a":1}}
          application/problem+json       | [1]     | {"status":200,"headers":{},"body":[1]}
          application/json               | {"a":   | {"status":200,"headers":{},"body":"{\\"a\\":"}
          text/plain                     | hi      | {"status":200,"headers":{},"body":"hi"}
          text/plain; charset=ISO-8859-1 | hi      | {"status":200,"headers":{},"body":"hi"}
          text/plain; charset=nonsense   | hi      | {"status":200,"headers":{},"body":"hi"}
          """)
  void aBodyIsJsonOrText(String type, String body, String expected) {
    assertThat(AnswerJson.of(response(type, body.getBytes(UTF_8)), Set.of())).hasToString(expected);
  }

  @Test
  void bytesThatAreNoTextAreBase64() {
    assertThat(AnswerJson.of(response("image/png", new byte[] {(byte) 0x89}), Set.of()))
        .hasToString("{\"status\":200,\"headers\":{},\"body\":null,\"bodyBase64\":\"iQ==\"}");
  }

  @ParameterizedTest
  @CsvSource({"max-response-bytes,x", "max-response-bytes,0", "allowed-networks,nonsense"})
  void aSettingThatCannotBeReadIsNamed(String name, String value) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CallSettings.of(Map.of(name, value)))
        .withMessageContaining(value);
  }

  private static OutgoingResponse response(String type, byte[] body) {
    return new OutgoingResponse(
        200, URI.create("http://example.org"), Map.of("content-type", List.of(type)), body);
  }

  private static HttpCall read(String json) throws IllegalCallException {
    return HttpCall.read(json(json), null, SETTINGS);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}

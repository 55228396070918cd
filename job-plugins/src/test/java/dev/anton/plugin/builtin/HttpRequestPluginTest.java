package dev.anton.plugin.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers {@code /<status>} with that status and what it was sent. */
class HttpRequestPluginTest extends JobPluginContract {

  private HttpServer server;
  private String base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = body.length == 0 ? "plain".getBytes(UTF_8) : body;
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            exchange
                .getResponseHeaders()
                .add("Content-Type", body.length == 0 ? "text/plain" : "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Override
  protected JobPlugin plugin() {
    return new HttpRequestPlugin();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("allowed-networks", "127.0.0.0/8");
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        input("null", "\"url\": \"%s/200\"".formatted(base)),
        input("[1]", "\"url\": \"%s/201\", \"method\": \"POST\"".formatted(base)),
        input("1", "\"url\": \"%s/404\", \"expectedStatus\": 404".formatted(base)),
        input(
            "1",
            "\"url\": \"%s/200\", \"headers\": {\"A\": \"b\"}, \"output\": \"body\""
                .formatted(base)));
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"data\": 1}",
        input("1", "\"url\": 1"),
        input("1", "\"url\": \"http://example.org\", \"method\": \"TRACE\""),
        input("1", "\"url\": \"http://example.org\", \"headers\": {\"A\": 1}"),
        input("1", "\"url\": \"http://example.org\", \"redirects\": 6"),
        input("1", "\"url\": \"http://example.org\", \"nonsense\": 6"));
  }

  @Test
  void theDataIsPostedAndTheAnswerHandedOn() throws Exception {
    PluginRun run =
        run(input("{\"a\": 1}", "\"url\": \"%s/200\", \"method\": \"POST\"".formatted(base)));

    assertThat(run.run().output())
        .hasToString(
            "{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"a\":1}}");
    assertThat(run.metrics().processedItems()).isEqualTo(1);
    assertThat(run.metrics().own().get("status").intValue()).isEqualTo(200);
  }

  @Test
  void theBodyAloneCanBeHandedOn() throws Exception {
    assertThat(
            run(input("1", "\"url\": \"%s/200\", \"output\": \"body\"".formatted(base)))
                .run()
                .output())
        .hasToString("\"plain\"");
  }

  @Test
  void aBodyThatIsNoTextIsNotHandedOnAsNothing() throws Exception {
    server.createContext(
        "/binary",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(0xff);
          }
        });
    String url = "\"url\": \"%s/binary\"".formatted(base);

    assertThat(run(input("1", url)).run().output().path("bodyBase64").asString()).isEqualTo("/w==");
    assertThatThrownBy(() -> run(input("1", url + ", \"output\": \"body\"")).run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("no text");
  }

  @ParameterizedTest
  @CsvSource({"404,false", "503,true", "429,true"})
  void retriesApplyToWhatMayEndOtherwise(int status, boolean retryable) {
    assertThatThrownBy(() -> run(input("1", "\"url\": \"%s/%d\"".formatted(base, status))).run())
        .isInstanceOfSatisfying(
            PluginException.class, e -> assertThat(e.isRetryable()).isEqualTo(retryable))
        .hasMessage("GET 127.0.0.1 answered with the status " + status);
  }

  @Test
  void theJobSaysWhichStatusesAreRetried() {
    assertThatThrownBy(
            () -> run(input("1", "\"url\": \"%s/404\", \"retryOn\": [404]".formatted(base))).run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void errorsTellNoSecret() {
    server.stop(0);

    assertThatThrownBy(
            () ->
                run(input(
                        "1",
                        "\"url\": \"%s/200?key=s3cret\", \"headers\": {\"Authorization\": \"s3cret\"}"
                            .formatted(base)))
                    .run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void anAddressThatIsNotPublicIsRefused() {
    assertThatThrownBy(
            () -> PluginRun.of(plugin(), input("1", "\"url\": \"%s/200\"".formatted(base))).run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("a loopback address");
  }

  private PluginRun run(String input) {
    return PluginRun.of(plugin(), input).with(settings());
  }

  private static String input(String data, String options) {
    return "{\"data\": %s, \"options\": {\"http-request\": {%s}}}".formatted(data, options);
  }
}

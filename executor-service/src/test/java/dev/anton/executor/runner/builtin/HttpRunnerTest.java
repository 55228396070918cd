package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import dev.anton.plugin.testkit.RunnerAttempt;
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
class HttpRunnerTest extends NodeRunnerContract {

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
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            byte[] answer = body.length == 0 ? "{\"ok\":true}".getBytes(UTF_8) : body;
            exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
            if (status != 204) {
              exchange.getResponseBody().write(answer);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Override
  protected NodeRunner runner() {
    return new HttpRunner();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("allowed-networks", "127.0.0.0/8");
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        "{\"url\": \"%s/200\"}".formatted(base),
        "{\"url\": \"%s/404\", \"expectedStatus\": [404]}".formatted(base),
        "{\"url\": \"%s/204\", \"method\": \"DELETE\"}".formatted(base));
  }

  @Override
  protected List<String> badInputs() {
    return List.of("{}", "{\"url\": \"file:///etc/passwd\"}", "{\"url\": \"http://10.0.0.1/\"}");
  }

  @Test
  void theAnswerIsHandedOn() throws Exception {
    NodeResult result =
        attempt(
                """
                {"url": "%s/201", "method": "POST", "body": {"a": [1]},
                 "outputHeaders": ["X-Method"]}
                """
                    .formatted(base))
            .by(runner());

    assertThat(result)
        .isInstanceOfSatisfying(
            NodeResult.Completed.class,
            completed ->
                assertThat(completed.output())
                    .hasToString(
                        "{\"status\":201,\"headers\":{\"x-method\":\"POST\"},\"body\":{\"a\":[1]}}"));
  }

  @ParameterizedTest
  @CsvSource({"404,false", "302,false", "429,true", "500,true", "503,true"})
  void anotherStatusThanExpectedFails(int status, boolean retryable) throws Exception {
    NodeResult result = attempt("{\"url\": \"%s/%d\"}".formatted(base, status)).by(runner());

    assertThat(result)
        .isEqualTo(
            new NodeResult.Failed("GET 127.0.0.1 answered with the status " + status, retryable));
  }

  @Test
  void aHostThatDoesNotAnswerCanBeTriedAgain() throws Exception {
    server.stop(0);

    assertThat(attempt("{\"url\": \"%s/200\"}".formatted(base)).by(runner()))
        .isInstanceOfSatisfying(
            NodeResult.Failed.class, failed -> assertThat(failed.retryable()).isTrue());
  }

  @Test
  void anAddressThatIsNotPublicIsRefusedUnlessItIsAllowed() throws Exception {
    NodeResult result =
        RunnerAttempt.in(project(), "{\"url\": \"%s/200\"}".formatted(base)).by(runner());

    assertThat(result)
        .isInstanceOfSatisfying(
            NodeResult.Failed.class,
            failed -> {
              assertThat(failed.error()).contains("a loopback address");
              assertThat(failed.retryable()).isFalse();
            });
  }

  private RunnerAttempt attempt(String inputs) {
    return RunnerAttempt.in(project(), inputs).with(settings());
  }
}

package dev.anton.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.system.GatewayClient.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad input gets a problem with a sentence that helps, and leaves nothing behind. */
@StackTest
class BadInputTest {

  private final GatewayClient gateway;

  BadInputTest(RunningStack stack) {
    this.gateway = stack.gateway();
  }

  static Stream<Arguments> badInput() {
    String webhooks = "/api/webhooks/register";
    return Stream.of(
        Arguments.of("malformed JSON", webhooks, "{\"url\": ", 400),
        Arguments.of(
            "an unknown event", webhooks, webhook("https://a.example/x", "plan.exploded"), 400),
        Arguments.of("a relative URL", webhooks, webhook("/hooks", "plan.started"), 400),
        Arguments.of("a file URL", webhooks, webhook("file:///etc/passwd", "plan.started"), 400),
        Arguments.of(
            "a URL with credentials",
            webhooks,
            webhook("https://u:p@a.example/", "plan.started"),
            400),
        Arguments.of(
            "a private address", webhooks, webhook("http://10.0.0.1/", "plan.started"), 400),
        Arguments.of(
            "the metadata address",
            webhooks,
            webhook("http://169.254.169.254/", "plan.started"),
            400),
        Arguments.of(
            "a mapped private address",
            webhooks,
            webhook("http://[::ffff:10.0.0.1]/", "plan.started"),
            400),
        Arguments.of("no events", webhooks, "{\"url\":\"https://a.example/\",\"events\":[]}", 400),
        Arguments.of(
            "an unknown plugin",
            "/api/jobs",
            "{\"input\":{},\"plugins\":[\"no-such-plugin\"]}",
            400),
        Arguments.of("no plugins", "/api/jobs", "{\"input\":{},\"plugins\":[]}", 400),
        Arguments.of(
            "a private address in a job's webhook",
            "/api/jobs",
            "{\"input\":{},\"plugins\":[\"example-plugin\"],\"webhook\":{\"url\":\"http://192.168.0.1/\"}}",
            400),
        Arguments.of("an empty prompt", "/api/plans", "{\"prompt\":\"  \"}", 400),
        Arguments.of("no prompt", "/api/plans", "{}", 400),
        Arguments.of(
            "a prompt of 20,000 characters",
            "/api/plans",
            "{\"prompt\":\"" + "a".repeat(20_000) + "\"}",
            400),
        Arguments.of(
            "a project name with a path",
            "/api/plans",
            "{\"prompt\":\"Build a REST API\",\"projectName\":\"../../etc\"}",
            400),
        Arguments.of("a plan with a cycle", "/api/executions", plan("b", "a"), 400),
        Arguments.of("a plan with a dangling dependency", "/api/executions", plan("zz", "a"), 400),
        Arguments.of(
            "a session that is not there", "/api/executions", "{\"sessionId\":\"ses_0\"}", 404),
        Arguments.of(
            "a body of 2 MiB", "/api/plans", "{\"prompt\":\"" + "a".repeat(2 << 20) + "\"}", 413),
        Arguments.of(
            "an event type that is not registered",
            "/api/events",
            "{\"type\":\"no.such.type\",\"data\":{}}",
            400),
        Arguments.of(
            "a built-in event from outside",
            "/api/events",
            "{\"type\":\"plan.started\",\"data\":{}}",
            400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInput")
  void getsAProblemWithASentenceThatHelps(String what, String path, String body, int status) {
    Answer answer = gateway.post(path, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.text("code")).matches("[a-z0-9-]+");
    assertThat(answer.text("detail")).hasSizeGreaterThan(15).doesNotContain("Exception", "java.");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
  }

  @Test
  void nothingIsLeftBehind() {
    int plans = count("/api/plans");
    int executions = count("/api/executions");
    int jobs = count("/api/jobs");
    int webhooks = count("/api/webhooks");

    badInput().forEach(bad -> gateway.post((String) bad.get()[1], (String) bad.get()[2]));

    assertThat(count("/api/plans")).isEqualTo(plans);
    assertThat(count("/api/executions")).isEqualTo(executions);
    assertThat(count("/api/jobs")).isEqualTo(jobs);
    assertThat(count("/api/webhooks")).isEqualTo(webhooks);
  }

  @Test
  void aPathThatDoesNotExistIsAProblemToo() {
    for (String path :
        new String[] {"/api/nothing", "/internal/plans/ses_0", "/api/%2e%2e/internal/x"}) {
      Answer answer = gateway.get(path);
      assertThat(answer.status()).as(path).isIn(400, 404);
      assertThat(answer.contentType()).startsWith("application/problem+json");
    }
  }

  private int count(String path) {
    return gateway.get(path + "?limit=250").json().path("data").size();
  }

  private static String webhook(String url, String event) {
    return "{\"url\":\"%s\",\"events\":[\"%s\"]}".formatted(url, event);
  }

  /** Two nodes, each depending on what is given. */
  private static String plan(String dependencyOfA, String dependencyOfB) {
    String node =
        """
        {"id":"%s","type":"code","label":"x","instructions":"x","runner":"noop",
         "dependencies":["%s"],"inputs":{},"acceptance":[]}
        """;
    return """
    {"plan":{"projectName":"bad","description":"x","nodes":[%s,%s]}}
    """
        .formatted(node.formatted("a", dependencyOfA), node.formatted("b", dependencyOfB));
  }
}

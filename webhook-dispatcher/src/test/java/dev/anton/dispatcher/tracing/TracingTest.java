package dev.anton.dispatcher.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.fixtures.BackendsTest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** The whole service with tracing on. */
@BackendsTest(role = "dispatcher")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "anton.tracing.enabled=true",
      "management.tracing.sampling.probability=1",
      "management.opentelemetry.tracing.export.schedule-delay=100ms"
    })
class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CLIENTS_SPAN = "00f067aa0ba902b7";

  @TestConfiguration(proxyBeanMethods = false)
  static class Spans {

    @Bean
    InMemorySpanExporter inMemorySpanExporter() {
      return InMemorySpanExporter.create();
    }
  }

  private final TestReceiver receiver = new TestReceiver();

  @LocalServerPort private int port;
  @Autowired private InMemorySpanExporter exporter;

  private ApiClient client;

  @BeforeEach
  void connect() {
    client = new ApiClient(port, "t" + UUID.randomUUID());
    exporter.reset();
  }

  @AfterEach
  void close() {
    client.close();
    receiver.close();
  }

  @Test
  void eachAttemptIsASpanUnderTheRequestThatPublishedTheEvent() {
    receiver.answerInTurn("/hook?token=hidden", Answer.status(500), Answer.ok());
    client.post("/api/event-types", "{\"name\": \"order.paid\", \"description\": \"d\"}");
    String webhook =
        register("/hook?token=hidden", "order.*", ", \"retry\": {\"schedule\": [\"1s\"]}")
            .text("id");

    String event =
        client
            .post(
                "/api/events",
                "{\"type\": \"order.paid\", \"data\": {}}",
                "traceparent",
                "00-" + TRACE + "-" + CLIENTS_SPAN + "-01")
            .text("id");

    await().until(() -> receiver.requests("/hook?token=hidden").size() == 2);
    await().until(() -> attempts(webhook).size() == 2);
    SpanData request =
        spans().stream()
            .filter(span -> span.getKind() == SpanKind.SERVER && span.getTraceId().equals(TRACE))
            .findFirst()
            .orElseThrow();
    assertThat(request.getParentSpanId()).isEqualTo(CLIENTS_SPAN);
    List<SpanData> attempts = attempts(webhook);
    for (int i = 0; i < 2; i++) {
      SpanData attempt = attempts.get(i);
      ReceivedRequest sent = receiver.requests("/hook?token=hidden").get(i);
      assertThat(attempt.getKind()).isEqualTo(SpanKind.CLIENT);
      assertThat(attempt.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(sent.header("traceparent").orElseThrow())
          .matches("00-" + TRACE + "-" + attempt.getSpanId() + "-0[13]");
      assertThat(text(attempt, "anton.event.type")).isEqualTo("order.paid");
      assertThat(text(attempt, "anton.event.id")).isEqualTo(event);
      assertThat(text(attempt, "anton.delivery.id"))
          .isEqualTo(sent.header("X-Anton-Delivery").orElseThrow());
      assertThat(number(attempt, "anton.attempt")).isEqualTo(i + 1);
      assertThat(number(attempt, "server.port")).isEqualTo(receiver.port());
      assertThat(attempt.toString()).doesNotContain("hidden", "/hook");
    }
    assertThat(number(attempts.getFirst(), "http.response.status_code")).isEqualTo(500);
    assertThat(text(attempts.getFirst(), "error.type")).isEqualTo("500");
    assertThat(attempts.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(number(attempts.getLast(), "http.response.status_code")).isEqualTo(200);
    assertThat(attempts.getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void anAttemptWithoutAnAnswerSaysWhy() {
    receiver.answer("/hook", Answer.reset());
    String webhook = register("/hook", "plan.*", "").text("id");

    client.post("/api/webhooks/" + webhook + "/test", "");

    await().until(() -> attempts(webhook).size() == 1);
    SpanData attempt = attempts(webhook).getFirst();
    assertThat(text(attempt, "error.type")).isEqualTo("connection_failed");
    assertThat(text(attempt, "anton.outcome")).isEqualTo("connection_failed");
    assertThat(attempt.getAttributes().asMap().keySet())
        .extracting(AttributeKey::getKey)
        .doesNotContain("http.response.status_code");
    await()
        .untilAsserted(
            () ->
                assertThat(spans())
                    .anySatisfy(
                        span -> {
                          assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
                          assertThat(span.getSpanId()).isEqualTo(attempt.getParentSpanId());
                        }));
  }

  @Test
  void probesOfTheServiceAreNoWork() {
    client.get("/actuator/health");
    client.get("/api/webhooks");

    await()
        .untilAsserted(
            () -> assertThat(spans()).extracting(SpanData::getKind).contains(SpanKind.SERVER));
    assertThat(spans()).noneMatch(span -> span.toString().contains("/actuator"));
  }

  private ApiClient.Answer register(String path, String events, String more) {
    String url = receiver.url(path).toString();
    return client.post(
        "/api/webhooks/register",
        "{\"url\": \"%s\", \"events\": [\"%s\"]%s}".formatted(url, events, more));
  }

  private List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  /** In the order in which they began. */
  private List<SpanData> attempts(String webhook) {
    return spans().stream()
        .filter(span -> webhook.equals(text(span, "anton.webhook.id")))
        .sorted((a, b) -> Long.compare(a.getStartEpochNanos(), b.getStartEpochNanos()))
        .toList();
  }

  private static String text(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private static Long number(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.longKey(key));
  }
}

package dev.anton.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.anton.gateway.stub.GatewayUnderTest;
import dev.anton.gateway.stub.StubService;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class RoutingTest extends GatewayUnderTest {

  private static final int MIB = 1 << 20;

  @Autowired private MeterRegistry registry;

  @ParameterizedTest
  @CsvSource({
    "planner, /api/plans",
    "planner, /api/plans/ses_1/cancel",
    "executor, /api/executions/exe_1/nodes/a%20b/log",
    "executor, /api/jobs?status=running&since=2026-01-01T00:00:00%2B01:00",
    "executor, /api/plugins",
    "dispatcher, /api/webhooks/register",
    "dispatcher, /api/deliveries/dlv_1",
    "dispatcher, /api/events",
    "dispatcher, /api/event-types/plan.started",
    "dispatcher, /api/dead-letters",
    "dispatcher, /api/replays"
  })
  void everyPathOfTheApiLeadsToTheServiceThatOwnsIt(String service, String path) {
    assertThat(get(path).statusCode()).isEqualTo(200);

    StubService owner =
        Map.of("planner", PLANNER, "executor", EXECUTOR, "dispatcher", DISPATCHER).get(service);
    assertThat(owner.received())
        .singleElement()
        .extracting(StubService.Received::target)
        .isEqualTo(path);
    assertThat(
            PLANNER.received().size() + EXECUTOR.received().size() + DISPATCHER.received().size())
        .isOne();
  }

  @Test
  void methodBodyAndAnswerPassThroughUnchanged() {
    PLANNER.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/api/plans/ses_1");
          exchange.getResponseHeaders().set("Idempotency-Replayed", "true");
          StubService.answer(exchange, 202, "{\"sessionId\":\"ses_1\"}");
        });

    HttpResponse<String> response =
        send(
            request("/api/plans", "Content-Type", "application/json", "Idempotency-Key", "k1")
                .POST(BodyPublishers.ofString("{\"prompt\":\"ä\"}"))
                .build());

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"sessionId\":\"ses_1\"}");
    assertThat(response.headers().firstValue("Location")).contains("/api/plans/ses_1");
    assertThat(response.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(PLANNER.last().method()).isEqualTo("POST");
    assertThat(PLANNER.last().body()).isEqualTo("{\"prompt\":\"ä\"}");
    assertThat(PLANNER.last().headers().getFirst("Idempotency-Key")).isEqualTo("k1");
    assertThat(PLANNER.last().headers().getFirst("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void anErrorOfAServicePassesThroughUnchanged() {
    String problem = "{\"type\":\"urn:anton:problem:not-found\",\"status\":404}";
    PLANNER.answers(exchange -> StubService.answer(exchange, 404, problem));

    assertThat(get("/api/plans/ses_1").statusCode()).isEqualTo(404);
    assertThat(get("/api/plans/ses_1").body()).isEqualTo(problem);
  }

  @Test
  void aLinkToTheServiceItselfBecomesOneThatHoldsHere() {
    PLANNER.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Location", PLANNER.url() + "/api/plans/ses_1");
          StubService.answer(exchange, 202, "{}");
        });

    assertThat(get("/api/plans").headers().firstValue("Location")).contains("/api/plans/ses_1");
  }

  @Test
  void whatServicesTrustIsSetHereAndNeverByTheClient() {
    get(
        "/api/plans",
        "X-Anton-Tenant",
        "someone-else",
        "X-Anton-Admin",
        "true",
        "X-Forwarded-For",
        "10.0.0.1",
        "X-Forwarded-Host",
        "evil.example",
        "Forwarded",
        "for=10.0.0.1",
        "traceparent",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    var headers = PLANNER.last().headers();
    assertThat(headers.get("X-Anton-Tenant")).containsExactly("default");
    assertThat(headers.containsKey("X-Anton-Admin")).isFalse();
    assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(headers.get("X-Forwarded-Host")).containsExactly("127.0.0.1:" + port);
    assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
    assertThat(headers.containsKey("Forwarded")).isFalse();
    assertThat(headers.getFirst("traceparent")).contains("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void aBodyOfExactlyTheLimitPassesAndALargerOneNeverReachesAService() {
    assertThat(post(fixed(MIB)).statusCode()).isEqualTo(200);
    assertThat(post(chunked(MIB)).statusCode()).isEqualTo(200);
    assertThat(PLANNER.received()).extracting(r -> r.body().length()).containsExactly(MIB, MIB);
    PLANNER.reset();

    for (BodyPublisher body :
        new BodyPublisher[] {fixed(MIB + 1), chunked(MIB + 1), fixed(2 * MIB), chunked(2 * MIB)}) {
      HttpResponse<String> response = post(body);
      assertProblem(response, 413, "payload-too-large");
    }
    assertThat(PLANNER.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/x",
        "/actuator/env",
        "/api",
        "/api/internal",
        "/api/plansandmore",
        "/nowhere"
      })
  void whatIsNotPublicIsNotThere(String path) {
    assertProblem(get(path), 404, "not-found");
    assertNothingReceived();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/plans/%2e%2e/%2e%2e/internal/x",
        "/api/plans/%2E%2E%2F%2E%2E%2Finternal/x",
        "/api/plans/../../internal/x",
        "/api/plans/..%2f..%2finternal/x",
        "/api/plans/..;/..;/internal/x",
        "/api/plans;x=1/../internal",
        "/api//plans",
        "//internal/x",
        "/api/plans/%252e%252e/internal",
        "/api/plans/%5c..%5cinternal",
        "/api/plans/a%00b",
        "/api/plans/."
      })
  void trickyPathsAreRefused(String path) {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertNothingReceived();
  }

  @Test
  void aQueryThatIsNoQueryIsRefused() throws IOException {
    for (String query : new String[] {"?since=%zz", "?since=%"}) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String request =
            "GET /api/plans" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 400")
            .contains("application/problem+json");
      }
    }
    assertNothingReceived();
  }

  @Test
  void aServiceThatBreaksOffIsNamedAndItsWorkIsUnknown() {
    double before = failures("planner-service", "broken");
    PLANNER.answers(HttpExchange::close);

    HttpResponse<String> response = post(fixed(10));

    assertProblem(response, 502, "bad-gateway");
    assertThat(json(response).get("detail").asString())
        .isEqualTo(
            "planner-service broke off before it answered; whether it did the work is not known");
    assertThat(failures("planner-service", "broken")).isEqualTo(before + 1);
    assertThat(PLANNER.received()).hasSize(1);
  }

  @Test
  void bodiesThatDoNotFitTogetherAreRefusedUntilThereIsRoom() {
    CountDownLatch never = new CountDownLatch(1);
    PLANNER.answers(
        exchange -> {
          hold(never);
          StubService.answer(exchange, 200, "{}");
        });
    List<CompletableFuture<HttpResponse<String>>> held =
        Stream.of(fixed(MIB), chunked(MIB))
            .map(body -> CompletableFuture.supplyAsync(() -> post(body)))
            .toList();
    await().untilAsserted(() -> assertThat(PLANNER.received()).hasSize(2));

    HttpResponse<String> refused = post(fixed(10));
    HttpResponse<String> withoutBody = get("/api/jobs");
    never.countDown();

    assertProblem(refused, 503, "overloaded");
    assertThat(withoutBody.statusCode()).isEqualTo(200);
    assertThat(held).allMatch(answer -> answer.join().statusCode() == 200);
    assertThat(post(fixed(10)).statusCode()).isEqualTo(200);
  }

  @Test
  void aFormIsLeftToTheServiceToRefuse() {
    send(
        request("/api/plans?x=1", "Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("a=1&b=2"))
            .build());

    assertThat(PLANNER.last().target()).isEqualTo("/api/plans?x=1");
    assertThat(PLANNER.last().body()).isEqualTo("a=1&b=2");
  }

  @Test
  void eventsOfAStreamArriveOneByOne() throws IOException {
    CountDownLatch firstRead = new CountDownLatch(1);
    DISPATCHER.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          hold(firstRead);
          exchange.getResponseBody().write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });

    HttpResponse<InputStream> response =
        send(
            request("/api/events/stream", "Accept", "text/event-stream").build(),
            BodyHandlers.ofInputStream());

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("data: one");
      firstRead.countDown();
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("data: two");
    }
  }

  @Test
  void requestsAreMeasuredByRoute() {
    get("/api/plans/ses_1");

    assertThat(registry.find("http.server.requests").timers())
        .anyMatch(timer -> "/api/plans/**".equals(timer.getId().getTag("uri")));
  }

  private HttpResponse<String> post(BodyPublisher body) {
    return send(request("/api/plans", "Content-Type", "application/json").POST(body).build());
  }

  private double failures(String service, String reason) {
    return registry.counter("anton.gateway.failures", "service", service, "reason", reason).count();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response).get("code").asString()).isEqualTo(code);
  }

  private static void assertNothingReceived() {
    assertThat(PLANNER.received()).isEmpty();
    assertThat(EXECUTOR.received()).isEmpty();
    assertThat(DISPATCHER.received()).isEmpty();
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BodyPublisher fixed(int size) {
    return BodyPublishers.ofByteArray(new byte[size]);
  }

  private static BodyPublisher chunked(int size) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));
  }
}

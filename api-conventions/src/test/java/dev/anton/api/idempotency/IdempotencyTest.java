package dev.anton.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.api.sample.Http;
import dev.anton.fixtures.BackendsTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

@BackendsTest
@SpringBootTest(
    classes = {Orders.class, IdempotencyTest.Metrics.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"server.address=127.0.0.1", "spring.threads.virtual.enabled=true"})
class IdempotencyTest {

  @TestConfiguration
  static class Metrics {
    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }

  @LocalServerPort private int port;
  @Autowired private Orders orders;
  @Autowired private ExpirySweep sweep;
  @Autowired private MeterRegistry registry;

  private Http http;
  private String key;
  private String name;

  @BeforeEach
  void connect() {
    http = new Http(port);
    key = UUID.randomUUID().toString();
    name = "order " + key;
    orders
        .jdbc
        .sql("CREATE TABLE IF NOT EXISTS orders (id bigserial PRIMARY KEY, name text NOT NULL)")
        .update();
  }

  @AfterEach
  void disconnect() {
    http.close();
  }

  @Test
  void aRepeatGetsTheSameAnswerAndDoesNothingAgain() {
    double replayed = count("replayed");
    HttpResponse<String> first = post("", name);
    HttpResponse<String> second = post("", name);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"))
        .isPresent();
    assertThat(second.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(orders.count(name)).isOne();
    assertThat(count("replayed")).isEqualTo(replayed + 1);
  }

  @Test
  void withoutAKeyEveryRequestCounts() {
    http.post("/api/orders", body(name));
    http.post("/api/orders", body(name));

    assertThat(orders.count(name)).isEqualTo(2);
  }

  @Test
  void aKeyBelongsToOneRequestOfOneTenant() {
    post("", name);

    assertProblem(post("", name + "!"), 409, "idempotency-key-reused");
    assertProblem(post("?go=elsewhere", name), 409, "idempotency-key-reused");
    assertThat(
            http.post(
                    "/api/orders", body(name), "Idempotency-Key", key, "X-Anton-Tenant", "another")
                .statusCode())
        .isEqualTo(201);
    assertThat(orders.count(name)).isEqualTo(2);
  }

  @Test
  void aRepeatWhileTheFirstRunsIsToldToComeBack() {
    CompletableFuture<HttpResponse<String>> first = startAndWaitInside();

    HttpResponse<String> second = post("?go=wait", name);
    orders.goOn.countDown();

    assertProblem(second, 409, "idempotency-key-in-use");
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(first.join().statusCode()).isEqualTo(201);
    assertThat(post("?go=wait", name).body()).isEqualTo(first.join().body());
    assertThat(orders.count(name)).isOne();
  }

  @Test
  void whatFailedBeforeItsCommitIsForgotten() {
    assertProblem(post("?go=fail", name), 500, "internal-error");
    assertProblem(post("?go=refuse", name), 400, "refused");

    assertThat(post("", name).statusCode()).isEqualTo(201);
    assertThat(orders.count(name)).isOne();
  }

  @Test
  void whatFailedAfterItsCommitIsNotDoneAgain() {
    assertProblem(post("?go=failAfterCommit", name), 500, "internal-error");
    assertProblem(post("?go=failAfterCommit", name), 409, "idempotency-answer-lost");
    assertThat(orders.count(name)).isOne();
  }

  @Test
  void aRefusalAfterACommitIsAnAnswerLikeAnyOther() {
    assertProblem(post("?go=refuseAfterCommit", name), 409, "late");
    HttpResponse<String> second = post("?go=refuseAfterCommit", name);

    assertProblem(second, 409, "late");
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(orders.count(name)).isOne();
  }

  @Test
  void aRequestThatCountsAsDeadIsTakenOverAndCannotCommitAnyMore() {
    CompletableFuture<HttpResponse<String>> first = startAndWaitInside();
    CountDownLatch goOnFirst = orders.goOn;
    orders.goOn = new CountDownLatch(0);
    int claims =
        orders
            .jdbc
            .sql("UPDATE idempotency_keys SET claimed_until = now() WHERE state = 'running'")
            .update();

    HttpResponse<String> second = post("?go=wait", name);
    goOnFirst.countDown();

    assertThat(claims).isOne();
    assertThat(second.statusCode()).isEqualTo(201);
    assertProblem(first.join(), 409, "idempotency-key-in-use");
    assertThat(post("?go=wait", name).body()).isEqualTo(second.body());
    assertThat(orders.count(name)).isOne();
  }

  @Test
  void anAnswerIsNotReadableInTheTable() {
    post("", name);

    byte[] answer =
        orders
            .jdbc
            .sql("SELECT answer FROM idempotency_keys ORDER BY expires_at DESC LIMIT 1")
            .query(byte[].class)
            .single();
    assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("order", "json");
  }

  @Test
  void afterItsTimeAKeyIsFreeAndItsRowIsDeleted() {
    post("", name);
    expireAll();

    assertThat(post("", name + " two").statusCode()).isEqualTo(201);
    expireAll();
    sweep.sweep();

    assertThat(
            orders.jdbc.sql("SELECT count(*) FROM idempotency_keys").query(Integer.class).single())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void aKeyHasOneTo255Characters(int length) {
    key = "k".repeat(length);

    assertProblem(post("", name), 400, "invalid-idempotency-key");
    assertThat(orders.count(name)).isZero();
  }

  private CompletableFuture<HttpResponse<String>> startAndWaitInside() {
    orders.entered = new CountDownLatch(1);
    orders.goOn = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> post("?go=wait", name));
    try {
      orders.entered.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return first;
  }

  private void expireAll() {
    orders.jdbc.sql("UPDATE idempotency_keys SET expires_at = now()").update();
  }

  private double count(String outcome) {
    return registry.counter("anton.idempotency.requests", "outcome", outcome).count();
  }

  private HttpResponse<String> post(String query, String orderName) {
    return http.post("/api/orders" + query, body(orderName), "Idempotency-Key", key);
  }

  private static String body(String orderName) {
    return "{\"name\":\"" + orderName + "\"}";
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(Http.json(response).get("code").asString()).as(response.body()).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}

package dev.anton.dispatcher.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.schemas.json.WireJson;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class ProbingApiTest {

  private final TestReceiver receiver = new TestReceiver();

  @LocalServerPort private int port;
  @Autowired private ProbingSettings settings;

  private ApiClient client;

  @BeforeEach
  void connect() {
    client = new ApiClient(port, "t" + UUID.randomUUID());
  }

  @AfterEach
  void close() {
    client.close();
    receiver.close();
  }

  @Test
  void aTestIsSignedAndAnswersWithTheAttempt() throws Exception {
    ApiClient.Answer webhook = register("/hook", ", \"secret\": \"your-secret-key\"");

    ApiClient.Answer answer = test(webhook);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode result = answer.json();
    assertThat(result.path("delivered").asBoolean()).isTrue();
    assertThat(result.path("attempt").path("outcome").asString()).isEqualTo("delivered");
    assertThat(result.path("attempt").path("httpStatus").asInt()).isEqualTo(200);
    assertThat(result.path("attempt").path("response").asString()).isEqualTo("ok");
    assertThat(result.path("attempt").path("durationMs").asDouble()).isPositive();
    ReceivedRequest request = receiver.requests("/hook").getFirst();
    assertThat(request.header("X-Anton-Event")).contains("webhook.test");
    assertThat(request.header("webhook-id")).contains(result.path("event").path("id").asString());
    JsonNode data = WireJson.mapper().readTree(request.text()).path("data");
    assertThat(data.path("webhookId").asString()).isEqualTo(webhook.text("id"));
    assertThat(data.path("url").asString()).isEqualTo(receiver.url("/hook").toString());
    assertThat(data.path("message").asString()).isNotBlank();
    new Webhook(webhook.text("signingSecret"))
        .verify(request.text(), HttpHeaders.of(request.headers(), (n, v) -> true));
  }

  @Test
  void whatTheEndpointAnsweredIsToldAndNothingIsTriedAgain() {
    receiver.answer("/hook", Answer.status(500, "", "no disk left"));
    ApiClient.Answer webhook = register("/hook", "");

    JsonNode result = test(webhook).json();

    assertThat(result.path("delivered").asBoolean()).isFalse();
    assertThat(result.path("attempt").path("outcome").asString()).isEqualTo("refused");
    assertThat(result.path("attempt").path("error").asString()).contains("500");
    assertThat(result.path("attempt").path("response").asString()).isEqualTo("no disk left");
    String deliveries = "/api/webhooks/" + webhook.text("id") + "/deliveries";
    assertThat(client.get(deliveries).listed("id")).isEmpty();
    assertThat(client.get("/api/events").listed("id")).isEmpty();
    assertThat(receiver.requests("/hook")).hasSize(1);
  }

  @Test
  void aPausedWebhookCanBeTested() {
    ApiClient.Answer webhook = register("/hook", "");
    client.post("/api/webhooks/" + webhook.text("id") + "/pause", "");

    assertThat(test(webhook).json().path("delivered").asBoolean()).isTrue();
  }

  @Test
  void aRepeatWithTheSameKeyIsAnsweredWithoutAnotherTest() {
    String path = "/api/webhooks/" + register("/hook", "").text("id") + "/test";

    ApiClient.Answer first = client.post(path, "", "Idempotency-Key", "once");
    ApiClient.Answer second = client.post(path, "", "Idempotency-Key", "once");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(receiver.requests("/hook")).hasSize(1);
  }

  @Test
  void anotherTenantsWebhookIsNotTested() {
    String path = "/api/webhooks/" + register("/hook", "").text("id") + "/test";
    try (ApiClient other = new ApiClient(port, "t" + UUID.randomUUID())) {
      assertThat(other.post(path, "").status()).isEqualTo(404);
    }
    assertThat(receiver.requests("/hook")).isEmpty();
  }

  @Test
  void moreTestsThanATenantMayHaveAreTurnedAway() {
    CountDownLatch open = new CountDownLatch(1);
    receiver.answer("/hang", Answer.after(open, Answer.ok()));
    ApiClient.Answer hanging = register("/hang", "");
    List<CompletableFuture<ApiClient.Answer>> running = new ArrayList<>();
    for (int i = 0; i < settings.perTenant(); i++) {
      running.add(CompletableFuture.supplyAsync(() -> test(hanging), Thread::startVirtualThread));
    }
    await().until(() -> receiver.requests("/hang").size() == settings.perTenant());

    ApiClient.Answer tooMany = test(hanging);
    open.countDown();

    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.text("code")).isEqualTo("too-many-tests");
    assertThat(running).allSatisfy(one -> assertThat(one.join().status()).isEqualTo(200));
    assertThat(test(hanging).status()).isEqualTo(200);
  }

  private ApiClient.Answer register(String path, String more) {
    return client.post(
        "/api/webhooks/register",
        "{\"url\": \"" + receiver.url(path) + "\", \"events\": [\"plan.*\"]" + more + "}");
  }

  private ApiClient.Answer test(ApiClient.Answer webhook) {
    return client.post("/api/webhooks/" + webhook.text("id") + "/test", "");
  }
}

package dev.anton.dispatcher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.dispatcher.signature.VerificationKeys;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The whole service: from a registration and an event to the receiver, and what is shown of it. */
@ApiTest
class ServiceTest {

  private record Received(Map<String, List<String>> headers, String body) {

    String header(String name) {
      return HttpHeaders.of(headers, (n, v) -> true).firstValue(name).orElse("");
    }

    JsonNode json() {
      return WireJson.mapper().readTree(body);
    }
  }

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer receiver;
  private String url;
  private Tenant tenant;
  private ApiClient client;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
    url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    tenant = new Tenant("t" + UUID.randomUUID());
    client = new ApiClient(port, tenant.id());
  }

  @AfterEach
  void stop() {
    client.close();
    receiver.stop(0);
  }

  @Test
  void whatIsPublishedAfterARegistrationArrivesSignedAndIsShown() throws Exception {
    client.post("/api/event-types", "{\"name\": \"order.paid\", \"description\": \"d\"}");
    Answer webhook =
        client.post(
            "/api/webhooks/register",
            "{\"url\": \""
                + url
                + "\", \"events\": [\"order.*\"], \"secret\": \"your-secret-key\"}");

    Answer published =
        client.post(
            "/api/events", "{\"type\": \"order.paid\", \"key\": \"o-1\", \"data\": {\"n\": 1.10}}");

    Awaitility.await().until(() -> !received.isEmpty());
    Received delivery = received.getFirst();
    assertThat(delivery.header("X-Anton-Event")).isEqualTo("order.paid");
    assertThat(delivery.header("webhook-id")).isEqualTo(published.text("id"));
    assertThat(delivery.body()).contains("\"data\":{\"n\":1.10}");
    new Webhook(webhook.text("signingSecret"))
        .verify(delivery.body(), HttpHeaders.of(delivery.headers(), (n, v) -> true));
    String deliveries = "/api/webhooks/" + webhook.text("id") + "/deliveries?status=delivered";
    Awaitility.await().until(() -> !client.get(deliveries).listed("id").isEmpty());
    assertThat(client.get("/api/events/" + published.text("id")).json().path("deliveries"))
        .hasSize(1);
    String id = client.get(deliveries).listed("id").getFirst();
    assertThat(client.get("/api/deliveries/" + id).json().path("attemptLog")).hasSize(1);
  }

  @Test
  void aRotationAppliesToTheNextAttempt() {
    status = 500;
    client.post("/api/event-types", "{\"name\": \"order.paid\", \"description\": \"d\"}");
    Answer webhook =
        client.post(
            "/api/webhooks/register",
            "{\"url\": \""
                + url
                + "\", \"events\": [\"order.*\"], \"secret\": \"old\", \"asymmetric\": true,"
                + " \"retry\": {\"schedule\": [\"2s\", \"1s\", \"1s\"]}}");
    client.post("/api/events", "{\"type\": \"order.paid\", \"data\": {}}");
    Awaitility.await().until(() -> !received.isEmpty());

    Answer rotated =
        client.post(
            "/api/webhooks/" + webhook.text("id") + "/secret/rotate", "{\"secret\": \"n\"}");
    int before = received.size();
    status = 204;

    Awaitility.await().until(() -> received.size() > before);
    assertThat(received.getFirst().header("webhook-signature")).matches("v1,[^ ]+ v1a,[^ ]+");
    assertThat(received.getFirst().header("X-Anton-Signature-Next")).isEmpty();
    Received next = received.get(before);
    assertThat(next.header("webhook-id")).isEqualTo(received.getFirst().header("webhook-id"));
    assertThat(next.header("X-Anton-Signature-Next")).isNotEmpty();
    String[] signatures = next.header("webhook-signature").split(" ");
    assertThat(signatures).hasSize(4);
    String signed =
        String.join(".", next.header("webhook-id"), next.header("webhook-timestamp"), next.body());
    for (int i = 0; i < 2; i++) {
      String key = rotated.text(i == 0 ? "verificationKey" : "nextVerificationKey");
      assertThat(VerificationKeys.verifies(key, signed.getBytes(UTF_8), signatures[2 + i]))
          .isTrue();
    }
  }

  @Test
  void aJobsWebhookGetsItsJobsEventsFlatAndEndsWithTheJob(KafkaBackend kafka) {
    String job = Ids.job();
    String id =
        client
            .put(
                "/internal/job-subscriptions/" + job,
                "{\"url\": \"" + url + "\", \"headers\": {\"Authorization\": \"Bearer t\"}}")
            .text("id");

    kafka.send(CloudEventHeaders.toRecord(Topics.LIFECYCLE_EVENTS, completed(Ids.job())));
    kafka.send(CloudEventHeaders.toRecord(Topics.LIFECYCLE_EVENTS, completed(job)));

    Awaitility.await().until(() -> !received.isEmpty());
    assertThat(received.getFirst().header("Authorization")).isEqualTo("Bearer t");
    assertThat(received.getFirst().header("X-Anton-Signature")).isEmpty();
    assertThat(received.getFirst().json().path("status").asString()).isEqualTo("completed");
    assertThat(received.getFirst().json().path("jobId").asString()).isEqualTo(job);
    Awaitility.await()
        .until(
            () ->
                jdbc.sql("select expires_at is not null from webhook_subscription where id = ?")
                    .param(id)
                    .query(Boolean.class)
                    .single());
    assertThat(received).hasSize(1);
  }

  private EventRecord completed(String job) {
    String example = EventTypes.example("job.completed");
    String exampleJob = WireJson.mapper().readTree(example).path("jobId").asString();
    return new EventRecord(
        Ids.event(),
        "job.completed",
        "/executor-service",
        Instant.now(),
        job,
        tenant,
        job,
        1L,
        null,
        example.replace(exampleJob, job).getBytes(UTF_8));
  }
}

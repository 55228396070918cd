package dev.anton.dispatcher.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.event.WebhookEvent;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@BackendsTest(role = "dispatcher")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class JobSubscriptionApiTest {

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private SubscriptionIndex index;
  @Autowired private SubscriptionMaintenance maintenance;
  @Autowired private JobEndings endings;
  @Autowired private SubscriptionDisabling disabling;

  private Tenant tenant;
  private ApiClient client;
  private String job;
  private String path;

  @BeforeEach
  void connect() {
    tenant = new Tenant("t" + UUID.randomUUID());
    client = new ApiClient(port, tenant.id());
    job = Ids.job();
    path = "/internal/job-subscriptions/" + job;
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void aJobsWebhookIsBoundToTheJobAndFlatAndUnsigned() {
    Answer answer =
        client.put(
            path,
            """
            {"url": "https://your-webhook-endpoint.com/hook",
             "headers": {"Authorization": "Bearer your-token", "Custom-Header": "custom-value"},
             "on": ["completed", "failed"], "retries": 3}
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Subscription made = index.find(answer.text("id")).orElseThrow();
    assertThat(made.subject()).isEqualTo(job);
    assertThat(made.events()).containsExactly("job.completed", "job.failed", "job.cancelled");
    assertThat(made.format()).isEqualTo(PayloadFormat.FLAT);
    assertThat(made.keys()).isNull();
    assertThat(made.headers()).containsEntry("Authorization", "Bearer your-token");
    assertThat(made.retry().delays())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(index.match(event("job.failed"))).containsExactly(made);
    assertThat(index.match(event("job.started"))).isEmpty();
    assertThat(client.get("/api/webhooks").listed("id")).isEmpty();
    assertThat(client.get("/api/webhooks/" + made.id()).status()).isEqualTo(404);
  }

  @Test
  void withoutOnItIsForAllFourAndTriedThreeTimesMore() {
    Answer answer =
        client.put(path, "{\"url\": \"https://example.com/h\", \"headers\": null, \"on\": null}");

    Subscription made = index.find(answer.text("id")).orElseThrow();
    assertThat(made.events())
        .containsExactlyInAnyOrder(
            "job.started", "job.progress", "job.completed", "job.failed", "job.cancelled");
    assertThat(made.retry().delays()).hasSize(3);
  }

  @Test
  void askingAgainAtTheSameTimeMakesOne() throws Exception {
    Callable<String> ask =
        () -> client.put(path, "{\"url\": \"https://example.com/h\"}").text("id");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(threads.submit(ask));
      }
      String first = asked.getFirst().get();
      assertThat(first).startsWith("wh_");
      for (Future<String> each : asked) {
        assertThat(each.get()).isEqualTo(first);
      }
    }
  }

  @Test
  void anotherWebhookForTheSameJobIsAConflict() {
    client.put(path, "{\"url\": \"https://example.com/h\"}");

    Answer other = client.put(path, "{\"url\": \"https://example.com/other\"}");

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("code")).isEqualTo("job-webhook-differs");
  }

  @Test
  void badInputIsRefusedWithItsPointer() {
    Answer answer =
        client.put(
            path,
            """
            {"url": "http://192.168.0.1/", "headers": {"Host": "x"}, "on": ["done"],
             "retries": 99}
            """);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointers())
        .containsExactlyInAnyOrder("/url", "/headers/Host", "/on/0", "/retries");
    assertThat(client.put(path, "{\"url\": \"https://e.com\", \"on\": []}").pointers())
        .containsExactly("/on");
  }

  @Test
  void itCanBeTakenBackAndAskedForAnew() {
    String id = client.put(path, "{\"url\": \"https://example.com/h\"}").text("id");

    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(index.find(id)).isEmpty();

    String again = client.put(path, "{\"url\": \"https://example.com/h2\"}").text("id");
    assertThat(index.find(again).orElseThrow().url()).hasToString("https://example.com/h2");
    assertThat(index.match(event("job.started"))).hasSize(1);
  }

  @Test
  void itGoesAfterTheJobsEndAndTheRetention() {
    String id = client.put(path, "{\"url\": \"https://example.com/h\"}").text("id");

    endings.seen(event("job.progress"));
    endings.flush();
    assertThat(expiry(id)).isNull();

    endings.seen(event("job.completed"));
    endings.flush();
    assertThat(expiry(id)).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
    maintenance.sweep();
    assertThat(index.find(id)).isPresent();

    jdbc.sql("update webhook_subscription set expires_at = now() where id = ?").param(id).update();
    maintenance.sweep();
    assertThat(index.find(id)).isEmpty();
  }

  @Test
  void itGoesWhenItIsTooOldEvenIfNoEndWasSeen() {
    String id = client.put(path, "{\"url\": \"https://example.com/h\"}").text("id");
    jdbc.sql("update webhook_subscription set created_at = now() - interval '31 days' where id = ?")
        .param(id)
        .update();

    maintenance.sweep();

    assertThat(index.find(id)).isEmpty();
  }

  @Test
  void disablingIsAnnouncedOnceAndAppliesHereAtOnce(KafkaBackend kafka) {
    String id = client.put(path, "{\"url\": \"https://example.com/h\"}").text("id");
    try (TopicRecording recording = kafka.record(Topics.LIFECYCLE_EVENTS)) {
      disabling.disable(id, "The endpoint answered 410 Gone");
      disabling.disable(id, "again");
      disabling.disable("wh_unknown", "nothing there");

      assertThat(index.find(id).orElseThrow().status()).isEqualTo(SubscriptionStatus.DISABLED);
      Awaitility.await().until(() -> !recording.recordsOf(id).isEmpty());
      assertThat(recording.recordsOf(id))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(new String(record.headers().lastHeader("ce_type").value(), UTF_8))
                    .isEqualTo("webhook.disabled");
                assertThat(WireJson.read(record.value(), WebhookEvent.Disabled.class))
                    .isEqualTo(
                        new WebhookEvent.Disabled(
                            id, "https://example.com/h", "The endpoint answered 410 Gone"));
              });
    }
  }

  private Instant expiry(String id) {
    return jdbc.sql("select expires_at from webhook_subscription where id = ?")
        .param(id)
        .query((row, n) -> row.getTimestamp(1) == null ? null : row.getTimestamp(1).toInstant())
        .list()
        .getFirst();
  }

  private EventRecord event(String type) {
    return new EventRecord(
        Ids.event(),
        type,
        "/test",
        Instant.now(),
        job,
        tenant,
        job,
        1L,
        null,
        "{}".getBytes(UTF_8));
  }
}

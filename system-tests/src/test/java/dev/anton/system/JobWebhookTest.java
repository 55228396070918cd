package dev.anton.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.system.GatewayClient.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A job's inline webhook receives the Playground's bodies, field for field. */
@StackTest
class JobWebhookTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Receiver receiver = new Receiver();
  private final GatewayClient gateway;

  JobWebhookTest(RunningStack stack) {
    this.gateway = stack.gateway();
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  @Test
  void everyEventArrivesWithThePlaygroundsFieldsAndTheGivenHeaders() {
    String job = createJob("");

    await().atMost(PATIENCE).until(() -> receiver.received().size() == 3);
    List<ReceivedWebhook> webhooks = receiver.received();
    JsonNode started = webhooks.get(0).json();
    assertThat(started.propertyNames())
        .containsExactlyInAnyOrder("status", "jobId", "timestamp", "config");
    assertThat(started.path("config").toString())
        .isEqualTo("{\"input\":{\"data\":\"your input\"},\"plugins\":[\"example-plugin\"]}");
    JsonNode progress = webhooks.get(1).json();
    assertThat(progress.propertyNames())
        .containsExactlyInAnyOrder(
            "status", "jobId", "timestamp", "pluginName", "metrics", "progress");
    assertThat(progress.path("metrics").propertyNames()).contains("processedItems", "duration");
    assertThat(progress.path("progress").toString())
        .isEqualTo("{\"status\":\"running\",\"completedPlugins\":[\"example-plugin\"]}");
    JsonNode completed = webhooks.get(2).json();
    assertThat(completed.propertyNames())
        .containsExactlyInAnyOrder("status", "jobId", "timestamp", "result", "summary");
    assertThat(completed.path("result").path("metrics").get(0).propertyNames())
        .containsExactly("example-plugin");
    assertThat(completed.path("result").path("summary").propertyNames())
        .containsExactly("totalProcessed", "averageTime");
    assertThat(completed.path("summary").propertyNames())
        .containsExactly("duration", "completedPlugins");
    assertThat(webhooks)
        .allSatisfy(
            webhook -> {
              assertThat(webhook.json().path("jobId").asString()).isEqualTo(job);
              assertThat(webhook.header("Authorization")).isEqualTo("Bearer your-token");
              assertThat(webhook.header("Custom-Header")).isEqualTo("custom-value");
              assertThat(webhook.header("X-Anton-Signature")).isNull();
            });
    assertThat(webhooks)
        .extracting(webhook -> webhook.json().path("status").asString())
        .containsExactly("started", "progress", "completed");
    assertThat(gateway.get("/api/jobs/" + job).text("status")).isEqualTo("completed");
    assertThat(gateway.get("/api/webhooks").json().path("data")).isEmpty();
  }

  @Test
  void onlyTheEventsThatWereAskedForArrive() {
    createJob(", \"on\": [\"completed\", \"failed\"]");

    await().atMost(PATIENCE).until(() -> !receiver.received().isEmpty());
    assertThat(receiver.received())
        .extracting(webhook -> webhook.json().path("status").asString())
        .containsExactly("completed");
  }

  private String createJob(String on) {
    Answer accepted =
        gateway.post(
            "/api/jobs",
            """
            {
              "input": {"data": "your input"},
              "plugins": ["example-plugin"],
              "webhook": {
                "url": "%s",
                "headers": {"Authorization": "Bearer your-token", "Custom-Header": "custom-value"},
                "retries": 3%s
              }
            }
            """
                .formatted(receiver.url("/hook"), on));
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    return accepted.text("jobId");
  }
}

package dev.anton.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.system.GatewayClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A prompt becomes a running plan and signed webhooks. */
@StackTest
class MainJobTest {

  private static final String SECRET = "your-secret-key";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Receiver receiver = new Receiver();
  private final RunningStack stack;
  private final GatewayClient gateway;

  MainJobTest(RunningStack stack) {
    this.stack = stack;
    this.gateway = stack.gateway();
  }

  @AfterEach
  void stopReceiver() {
    gateway
        .get("/api/webhooks")
        .json()
        .path("data")
        .forEach(webhook -> gateway.delete("/api/webhooks/" + webhook.path("id").asString()));
    receiver.close();
  }

  @Test
  void aPromptBecomesARunningPlanAndSignedWebhooks() throws Exception {
    String signingSecret = register("\"*\"").text("signingSecret");

    Answer accepted =
        gateway.post(
            "/api/plans",
            """
            {"prompt":"Build a REST API for a todo list in Python", "execute": true}
            """);

    assertThat(accepted.status()).isEqualTo(202);
    String session = accepted.text("sessionId");
    assertThat(session).startsWith("ses_");
    assertThat(accepted.location()).endsWith("/api/plans/" + session);
    awaitEvent("execution.completed");

    List<ReceivedWebhook> webhooks = receiver.receivedAt("/webhooks");
    assertThat(webhooks)
        .extracting(ReceivedWebhook::line)
        .startsWith(
            "plan.started",
            "plan.step validating",
            "plan.step validating complete",
            "plan.step project-created",
            "plan.step project-created complete",
            "plan.step planning",
            "plan.step planning complete",
            "plan.step reviewing",
            "plan.step reviewing complete",
            "plan.completed",
            "execution.started")
        .endsWith("execution.completed");
    assertThat(webhooks)
        .allSatisfy(
            webhook -> {
              assertThat(webhook.hasAntonSignatureBy(SECRET)).isTrue();
              assertThat(webhook.hasStandardSignatureBy(signingSecret)).isTrue();
              assertThat(webhook.header("X-Anton-Timestamp"))
                  .isEqualTo(webhook.json().path("timestamp").asString())
                  .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
              assertThat(webhook.json().propertyNames())
                  .containsExactly("event", "timestamp", "data");
              assertThat(webhook.header("Content-Type")).isEqualTo("application/json");
            });
    assertThat(webhooks)
        .extracting(webhook -> webhook.header("webhook-id"))
        .doesNotHaveDuplicates();
    everyNodeStartsAndCompletesOnce(webhooks);
    theProjectIsARepositoryWithItsPlan(webhooks);
    thePlanIsShown(session);
  }

  @Test
  void aPromptThatDescribesNoSoftwareEndsInAFailureThatSaysWhy() {
    register("\"plan.*\"");

    String session =
        gateway.post("/api/plans", "{\"prompt\":\"What is the weather today?\"}").text("sessionId");
    awaitEvent("plan.failed");

    ReceivedWebhook failed = receiver.received().getLast();
    assertThat(failed.payload().path("sessionId").asString()).isEqualTo(session);
    assertThat(failed.payload().path("step").asString()).isEqualTo("validating");
    assertThat(failed.payload().path("error").asString()).isNotBlank();
    assertThat(receiver.received())
        .extracting(ReceivedWebhook::line)
        .containsExactly(
            "plan.started",
            "plan.step validating",
            "plan.step validating complete",
            "plan.failed validating");
    assertThat(receiver.received().get(2).payload().path("isValid").asBoolean(true)).isFalse();
    assertThat(gateway.get("/api/plans/" + session).text("status")).isEqualTo("failed");
  }

  @Test
  void aDeliveryThatFailedIsTriedAgainUnderTheSameId() {
    receiver.answer(nth -> nth == 1 ? 500 : 204);
    register("\"plan.started\"");

    gateway.post("/api/plans", "{\"prompt\":\"Build a REST API for a todo list in Python\"}");

    await().atMost(PATIENCE).until(() -> receiver.received().size() == 2);
    ReceivedWebhook first = receiver.received().getFirst();
    ReceivedWebhook second = receiver.received().getLast();
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.header("X-Anton-Attempt")).isEqualTo("1");
    assertThat(second.header("X-Anton-Attempt")).isEqualTo("2");
    assertThat(second.hasAntonSignatureBy(SECRET)).isTrue();
  }

  /** The seed's request, word for word but for the receiver's address. */
  private Answer register(String events) {
    Answer registered =
        gateway.post(
            "/api/webhooks/register",
            """
            {
              "url": "%s",
              "events": [%s],
              "secret": "%s"
            }
            """
                .formatted(receiver.url("/webhooks"), events, SECRET));
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    assertThat(registered.text("id")).startsWith("wh_");
    assertThat(registered.text("signingSecret")).startsWith("whsec_");
    return registered;
  }

  private void awaitEvent(String event) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(receiver.received()).extracting(ReceivedWebhook::event).contains(event));
  }

  private static void everyNodeStartsAndCompletesOnce(List<ReceivedWebhook> webhooks) {
    int nodes = one(webhooks, "plan.completed").payload().path("nodeCount").asInt();
    List<String> started = nodeIds(webhooks, "node.started");
    List<String> completed = nodeIds(webhooks, "node.completed");
    assertThat(started).hasSize(nodes).doesNotHaveDuplicates();
    assertThat(completed).hasSameSizeAs(started).containsExactlyInAnyOrderElementsOf(started);
    JsonNode end = one(webhooks, "execution.completed").payload();
    assertThat(end.path("completedNodes").asInt()).isEqualTo(nodes);
  }

  private void theProjectIsARepositoryWithItsPlan(List<ReceivedWebhook> webhooks) {
    JsonNode completed = one(webhooks, "plan.completed").payload();
    Path project = Path.of(completed.path("outputDir").asString());
    assertThat(project)
        .isEqualTo(
            stack.workspace().resolve("default").resolve(completed.path("projectName").asString()));
    assertThat(project.resolve(".git")).isDirectory();
    assertThat(Files.exists(project.resolve(".anton/plan/plan.json"))).isTrue();
  }

  private void thePlanIsShown(String session) {
    JsonNode plan = gateway.get("/api/plans/" + session).json();
    assertThat(plan.path("status").asString()).isEqualTo("completed");
    assertThat(new HashSet<>(plan.path("plan").path("nodes").findValuesAsString("id")))
        .isNotEmpty();
    JsonNode execution =
        gateway.get("/api/executions?sessionId=" + session).json().path("data").get(0);
    assertThat(execution.path("status").asString()).isEqualTo("completed");
  }

  private static ReceivedWebhook one(List<ReceivedWebhook> webhooks, String event) {
    List<ReceivedWebhook> found =
        webhooks.stream().filter(webhook -> webhook.event().equals(event)).toList();
    assertThat(found).as(event).hasSize(1);
    return found.getFirst();
  }

  private static List<String> nodeIds(List<ReceivedWebhook> webhooks, String event) {
    return webhooks.stream()
        .filter(webhook -> webhook.event().equals(event))
        .map(webhook -> webhook.payload().path("nodeId").asString())
        .toList();
  }
}

package dev.anton.dispatcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.api.TenantOfTest;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.schemas.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Webhooks whose deliveries of one key go strictly one after another are replayed like that. */
@ApiTest
class OrderedReplayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than the annotation on these tests lets wait for a first attempt. */
  private static final int EVENTS = 12;

  /** What the annotation on these tests sets. */
  private static final int IN_LINE = 20;

  @LocalServerPort private int port;

  private TenantOfTest tenant;
  private String since;

  @BeforeEach
  void open() {
    tenant = new TenantOfTest(port);
    tenant.addType("marker.set");
    tenant.publish("marker.set", "before");
    since = Timestamps.format(Instant.now());
  }

  @AfterEach
  void close() {
    tenant.close();
  }

  @Test
  void eachKeysEventsArriveAgainInTheirOrder() {
    String webhook = tenant.register("/hook", ", \"ordered\": true");
    List<String> ofA = new ArrayList<>();
    List<String> ofB = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      ofA.add(tenant.publish("a"));
      ofB.add(tenant.publish("b"));
    }
    tenant.awaitDeliveries(webhook, "delivered", 2 * EVENTS);

    String id = replayAll(webhook);

    List<ReceivedRequest> requests = tenant.awaitRequests("/hook", 4 * EVENTS);
    List<ReceivedRequest> again = requests.subList(2 * EVENTS, 4 * EVENTS);
    assertThat(events(again, "a")).containsExactlyElementsOf(ofA);
    assertThat(events(again, "b")).containsExactlyElementsOf(ofB);
    assertThat(awaitEnqueued(id).json().path("enqueued").asInt()).isEqualTo(2 * EVENTS);
  }

  @Test
  void aKeyThatFailsHoldsItselfAndNeitherAnotherNorTheReplay() {
    String webhook =
        tenant.register("/hook", ", \"ordered\": true, \"retry\": {\"schedule\": [\"1h\"]}");
    List<String> ofA = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      ofA.add(tenant.publish("a"));
    }
    String ofB = tenant.publish("b");
    tenant.awaitDeliveries(webhook, "delivered", EVENTS + 1);
    tenant.receiver().decide("/hook", it -> Answer.status(isOf(it, "a") ? 500 : 200));

    String id = replayAll(webhook);

    assertThat(awaitEnqueued(id).json().path("enqueued").asInt()).isEqualTo(EVENTS + 1);
    List<ReceivedRequest> requests = tenant.awaitRequests("/hook", EVENTS + 3);
    List<ReceivedRequest> again = requests.subList(EVENTS + 1, requests.size());
    assertThat(events(again, "a")).containsExactly(ofA.getFirst());
    assertThat(events(again, "b")).containsExactly(ofB);
    tenant.client().post("/api/replays/" + id + "/cancel", "");
    assertThat(replay(id).json().path("deliveries").path("skipped").asInt()).isEqualTo(EVENTS - 1);
  }

  @Test
  void noMoreIsParkedThanTheReplaysBound() {
    String webhook =
        tenant.register("/hook", ", \"ordered\": true, \"retry\": {\"schedule\": [\"1h\"]}");
    List<String> events = new ArrayList<>();
    for (int i = 0; i < IN_LINE + 5; i++) {
      events.add(tenant.publish("a"));
    }
    tenant.awaitDeliveries(webhook, "delivered", events.size());
    tenant.receiver().answer("/hook", Answer.status(500));

    String id = replayAll(webhook);

    ApiClient.Answer waiting =
        await()
            .atMost(PATIENCE)
            .until(() -> replay(id), it -> it.text("waitsFor").contains("not over yet"));
    assertThat(waiting.text("status")).isEqualTo("running");
    assertThat(waiting.json().path("enqueued").asInt()).isEqualTo(IN_LINE);
    tenant.receiver().answer("/hook", Answer.ok());
    String first = tenant.awaitDeliveries(webhook, "retrying", 1).getFirst();
    tenant.client().post("/api/deliveries/" + first + "/retry", "");
    tenant.awaitDeliveries(webhook, "delivered", 2 * events.size());
    List<ReceivedRequest> requests = tenant.receiver().requests("/hook");
    // The first of them came twice: once it failed.
    assertThat(events(requests.subList(events.size() + 1, requests.size()), "a"))
        .containsExactlyElementsOf(events);
    assertThat(awaitEnqueued(id).json().path("enqueued").asInt()).isEqualTo(events.size());
  }

  @Test
  void whatIsBehindAnotherIsNotRetriedBeforeIt() {
    tenant.receiver().answer("/hook", Answer.status(500));
    String webhook =
        tenant.register("/hook", ", \"ordered\": true, \"retry\": {\"schedule\": [\"1h\"]}");
    tenant.publish("a");
    tenant.awaitDeliveries(webhook, "retrying", 1);
    tenant.publish("a");
    String behind = tenant.awaitDeliveries(webhook, "pending", 1).getFirst();

    ApiClient.Answer refused = tenant.client().post("/api/deliveries/" + behind + "/retry", "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("delivery-behind");
    assertThat(tenant.receiver().requests("/hook")).hasSize(1);
  }

  private String replayAll(String webhook) {
    ApiClient.Answer started =
        tenant
            .client()
            .post(
                "/api/webhooks/" + webhook + "/replay",
                "{\"since\": \"%s\", \"status\": \"all\"}".formatted(since));
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    return started.text("id");
  }

  private ApiClient.Answer replay(String id) {
    return tenant.client().get("/api/replays/" + id);
  }

  private ApiClient.Answer awaitEnqueued(String id) {
    return await()
        .atMost(PATIENCE)
        .until(() -> replay(id), it -> it.text("status").equals("completed"));
  }

  private static List<String> events(List<ReceivedRequest> requests, String key) {
    return requests.stream()
        .filter(it -> isOf(it, key))
        .map(it -> it.header("webhook-id").orElseThrow())
        .toList();
  }

  private static boolean isOf(ReceivedRequest request, String key) {
    return request.text().contains("\"k\":\"" + key + "\"")
        || request.text().contains("\"k\": \"" + key + "\"");
  }
}

package dev.anton.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.schemas.kafka.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A planner or executor that is killed at any point loses nothing and repeats nothing. */
@StackTest
class CrashTest {

  private static final Set<String> LAST =
      Set.of("execution.completed", "execution.failed", "execution.cancelled", "plan.failed");
  private static final Set<String> LAST_OF_A_JOB = Set.of("job.completed", "job.failed");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Receiver receiver = new Receiver();
  private final RunningStack stack;
  private final GatewayClient gateway;
  private final EventLog log;

  CrashTest(RunningStack stack) {
    this.stack = stack;
    this.gateway = stack.gateway();
    this.log = new EventLog(stack.bootstrapServers());
  }

  @AfterEach
  void stopReceiver() {
    gateway
        .get("/api/webhooks")
        .json()
        .path("data")
        .forEach(webhook -> gateway.delete("/api/webhooks/" + webhook.path("id").asString()));
    receiver.close();
    log.close();
  }

  @Test
  void plannerAndExecutorKilledInTheMiddleLoseNothing() {
    gateway.post(
        "/api/webhooks/register",
        "{\"url\":\"%s\",\"events\":[\"*\"],\"retry\":{\"schedule\":[\"1s\",\"1s\",\"2s\",\"5s\"]}}"
            .formatted(receiver.url("/all")));
    List<String> sessions = new ArrayList<>();
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sessions.add(plan());
      jobs.add(job());
    }
    stack.crash("planner-service");
    awaitSomeEvent("execution.started");
    stack.crash("executor-service");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              sessions.forEach(key -> assertThat(types(key)).containsAnyElementsOf(LAST));
              jobs.forEach(key -> assertThat(types(key)).containsAnyElementsOf(LAST_OF_A_JOB));
            });

    for (String key : sessions) {
      everythingHappenedOnceAndInOrder(key, LAST);
    }
    for (String key : jobs) {
      everythingHappenedOnceAndInOrder(key, LAST_OF_A_JOB);
    }
  }

  private void everythingHappenedOnceAndInOrder(String key, Set<String> last) {
    // A crash between the acknowledgement and the deletion sends a record again: the same event.
    Map<String, EventRecord> events = new LinkedHashMap<>();
    log.eventsOf(key).forEach(event -> events.putIfAbsent(event.id(), event));
    List<EventRecord> story = List.copyOf(events.values());

    assertThat(story)
        .as("sequence of " + key)
        .extracting(event -> Objects.requireNonNull(event.sequence()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, story.size()).boxed().toList());
    assertThat(story).filteredOn(event -> last.contains(event.type())).hasSize(1);
    assertThat(last).contains(story.getLast().type());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(receivedIds()).containsAll(events.keySet()));
  }

  private Set<String> receivedIds() {
    return receiver.received().stream()
        .map(webhook -> String.valueOf(webhook.header("webhook-id")))
        .collect(Collectors.toSet());
  }

  private List<String> types(String key) {
    return log.eventsOf(key).stream().map(EventRecord::type).toList();
  }

  private void awaitSomeEvent(String event) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> receiver.received().stream().anyMatch(webhook -> webhook.event().equals(event)));
  }

  private String plan() {
    return gateway
        .post(
            "/api/plans",
            "{\"prompt\":\"Build a REST API for a todo list in Python\",\"execute\":true}")
        .text("sessionId");
  }

  private String job() {
    return gateway
        .post("/api/jobs", "{\"input\":{\"data\":\"x\"},\"plugins\":[\"example-plugin\"]}")
        .text("jobId");
  }
}

package dev.anton.planner.session;

import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** What reached Kafka about sessions. */
final class Timeline implements AutoCloseable {

  /** The lines of a session that goes well. */
  static final List<String> COMPLETE =
      List.of(
          "plan.started",
          "plan.step validating",
          "plan.step validating complete",
          "plan.step project-created",
          "plan.step project-created complete",
          "plan.step planning",
          "plan.step planning complete",
          "plan.step reviewing",
          "plan.step reviewing complete",
          "plan.completed");

  private final TopicRecording events;
  private final TopicRecording commands;

  Timeline(KafkaBackend kafka) {
    kafka.createTopics(Topics.definitions());
    events = kafka.record(Topics.LIFECYCLE_EVENTS);
    commands = kafka.record(Topics.EXECUTION_COMMANDS);
  }

  /** The session's events once the last of them has come. */
  List<EventRecord> ended(String sessionId) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> of(sessionId).stream().anyMatch(event -> isTerminal(event.type())));
    return of(sessionId);
  }

  /** The session's events so far. */
  List<EventRecord> of(String sessionId) {
    return events.recordsOf(sessionId).stream().map(Timeline::decode).toList();
  }

  List<EventRecord> commandsOf(String sessionId) {
    return commands.recordsOf(sessionId).stream().map(Timeline::decode).toList();
  }

  /** Such as {@code plan.step validating complete}. */
  static String line(EventRecord event) {
    JsonNode data = data(event);
    String line = event.type();
    if (data.has("step") && !event.type().equals("plan.started")) {
      line += " " + data.get("step").asString();
    }
    return data.has("status") ? line + " " + data.get("status").asString() : line;
  }

  static JsonNode data(EventRecord event) {
    return WireJson.mapper().readTree(event.data());
  }

  private static boolean isTerminal(String type) {
    return List.of("plan.completed", "plan.failed", "plan.cancelled").contains(type);
  }

  private static EventRecord decode(ConsumerRecord<String, byte[]> record) {
    try {
      return CloudEventHeaders.fromRecord(record);
    } catch (UndecodableEventException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    events.close();
    commands.close();
  }
}

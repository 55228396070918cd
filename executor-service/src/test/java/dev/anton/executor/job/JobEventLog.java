package dev.anton.executor.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** What jobs told the world, as it lies on Kafka. */
final class JobEventLog implements AutoCloseable {

  private static final List<String> TERMINAL =
      List.of("job.completed", "job.failed", "job.cancelled");

  private final TopicRecording recording;

  JobEventLog(KafkaBackend kafka) {
    kafka.createTopics(Topics.definitions());
    recording = kafka.record(Topics.LIFECYCLE_EVENTS);
  }

  /** Waits for the job's last event; all of them. */
  List<Event> awaitAll(String jobId) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> of(jobId).stream().anyMatch(event -> TERMINAL.contains(event.type())));
    return of(jobId);
  }

  List<Event> of(String jobId) {
    return recording.recordsOf(jobId).stream().map(Event::of).toList();
  }

  @Override
  public void close() {
    recording.close();
  }

  record Event(String type, String subject, String tenant, long sequence, JsonNode data) {

    private static Event of(ConsumerRecord<String, byte[]> record) {
      return new Event(
          header(record, CloudEventHeaders.TYPE),
          header(record, CloudEventHeaders.SUBJECT),
          header(record, CloudEventHeaders.TENANT),
          Long.parseLong(header(record, CloudEventHeaders.SEQUENCE)),
          WireJson.mapper().readTree(record.value()));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
      return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
  }
}

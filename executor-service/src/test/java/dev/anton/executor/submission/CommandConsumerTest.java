package dev.anton.executor.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import dev.anton.executor.fixture.LifecycleEvents;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.command.StartExecution;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.JsonNodeFactory;

class CommandConsumerTest extends ExecutorTest {

  private final ExecutorApi api;
  private final Path workspace;
  private final KafkaBackend kafka;
  private final String session = Ids.session();

  CommandConsumerTest(
      @LocalServerPort int port, @Value("${anton.workspace}") Path workspace, KafkaBackend kafka) {
    this.api = new ExecutorApi(port);
    this.workspace = workspace;
    this.kafka = kafka;
  }

  @Test
  void aCommandThatComesTwiceRunsOnce() {
    try (LifecycleEvents events = LifecycleEvents.record(kafka)) {
      String id = Ids.execution();
      byte[] command = command(id, "noop", workspace.resolve("default/twice"));
      send(command);
      send(command);

      List<EventRecord> told = events.awaitLast(session, "execution.completed");
      String after = Ids.execution();
      send(command(after, "noop", workspace.resolve("default/after")));
      api.awaitStatus(after, "completed");

      assertThat(told)
          .extracting(EventRecord::type)
          .containsExactly(
              "execution.started", "node.started", "node.completed", "execution.completed");
      assertThat(told).extracting(EventRecord::sequence).containsExactly(8L, 9L, 10L, 11L);
      assertThat(told).extracting(EventRecord::traceparent).containsOnly(TRACEPARENT);
      assertThat(api.get("/api/executions?sessionId=" + session).json().path("data").size())
          .isEqualTo(2);
    }
  }

  @Test
  void aRunnerThatIsNotInstalledFailsItsNodeForAllToSee() {
    String id = Ids.execution();

    send(command(id, "unheard-of", workspace.resolve("default/unheard")));

    api.awaitStatus(id, "failed");
    assertThat(api.node(id, "a").path("error").asString())
        .startsWith("There is no runner unheard-of");
  }

  @Test
  void whatIsNoCommandIsPutAsideAndThePartitionGoesOn() {
    kafka.createTopics(Topics.definitions());
    try (TopicRecording aside = kafka.record(Topics.UNDECODABLE)) {
      send("no json".getBytes(UTF_8));
      send("{}".getBytes(UTF_8));
      send(command(Ids.execution(), "noop", Path.of("/etc")));
      send(cyclic(Ids.execution()));
      String id = Ids.execution();
      send(command(id, "noop", workspace.resolve("default/goes-on")));

      api.awaitStatus(id, "completed");

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(aside.recordsOf(session)).hasSize(4));
      assertThat(aside.recordsOf(session))
          .extracting(record -> header(record, "undecodable_reason"))
          .containsExactly(
              "The command is no JSON",
              "The command's executionId is missing or malformed",
              "The folder /etc cannot be used: The folder is not inside the tenant's part of the"
                  + " workspace",
              "The plan cannot be run: The dependencies run in a circle: a → a");
      assertThat(aside.recordsOf(session).getFirst().value()).asString().isEqualTo("no json");
      assertThat(header(aside.recordsOf(session).getFirst(), "undecodable_topic"))
          .isEqualTo(Topics.EXECUTION_COMMANDS);
      assertThat(header(aside.recordsOf(session).getFirst(), CloudEventHeaders.TYPE))
          .isEqualTo(StartExecution.TYPE);
    }
  }

  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private void send(byte[] value) {
    ProducerRecord<String, byte[]> record =
        CloudEventHeaders.toRecord(
            Topics.EXECUTION_COMMANDS,
            new EventRecord(
                Ids.event(),
                StartExecution.TYPE,
                "/planner-service",
                Instant.now(),
                session,
                Tenant.DEFAULT,
                session,
                7L,
                TRACEPARENT,
                value));
    kafka.createTopics(Topics.definitions());
    kafka.send(record);
  }

  private byte[] command(String id, String runner, Path folder) {
    return WireJson.write(
        new StartExecution(id, session, 7, folder.toString(), plan(runner, List.of()), 2, null));
  }

  private byte[] cyclic(String id) {
    return WireJson.write(
        new StartExecution(
            id,
            session,
            7,
            workspace.resolve("default/cycle").toString(),
            plan("noop", List.of("a")),
            null,
            null));
  }

  private static Plan plan(String runner, List<String> dependencies) {
    return new Plan(
        "twice",
        "",
        List.of(
            new Plan.Node(
                "a",
                "task",
                "A",
                "",
                runner,
                dependencies,
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                null,
                null)));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}

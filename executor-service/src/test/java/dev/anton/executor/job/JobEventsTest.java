package dev.anton.executor.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.event.JobEvent;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The fixtures are the webhook guide's payloads without {@code status} and {@code timestamp}, in
 * which the guide's {@code completed} names one plugin in both places.
 */
class JobEventsTest {

  private static final CompletedPlugin EXAMPLE = completed("example-plugin", 10, 1500);

  @Test
  void startedIsTheGuides() {
    Job job = job(0, "example-plugin");

    assertGolden("started.json", JobEvents.started(job, job.definition().input()));
  }

  @Test
  void progressIsTheGuides() {
    assertGolden(
        "progress.json", JobEvents.progressed(job(1, "example-plugin", "next-plugin"), EXAMPLE));
  }

  @Test
  void completedIsTheGuides() {
    assertGolden(
        "completed.json",
        JobEvents.completed(
            job(1, "plugin-name"), List.of(completed("plugin-name", 10, 1500)), 3000));
  }

  @Test
  void failedIsTheGuides() {
    assertGolden(
        "failed.json",
        JobEvents.failed(job(1, "example-plugin", "failed-plugin"), "Plugin execution failed"));
  }

  @Test
  void cancelledIsLikeFailed() {
    assertGolden("cancelled.json", JobEvents.cancelled(job(1, "example-plugin", "next-plugin")));
  }

  @Test
  void afterTheLastPluginThereIsNoCurrentOne() {
    assertThat(wire(JobEvents.progressed(job(1, "example-plugin"), EXAMPLE)))
        .endsWith(
            "\"progress\":{\"status\":\"running\",\"completedPlugins\":[\"example-plugin\"]}}");
  }

  @Test
  void aPluginsOwnMetricsFollowTheCommonOnes() {
    CompletedPlugin plugin =
        new CompletedPlugin(
            "example-plugin",
            10,
            1500,
            new LinkedHashMap<>(Map.of("words", JsonNodeFactory.instance.numberNode(7))),
            JsonNodeFactory.instance.nullNode());

    assertThat(wire(JobEvents.progressed(job(1, "example-plugin"), plugin)))
        .contains("\"metrics\":{\"processedItems\":10,\"duration\":1500,\"words\":7}");
  }

  @Test
  void theSummaryAddsItemsAndTakesTheMeanDuration() {
    JobEvent.Result result =
        JobEvents.result(List.of(EXAMPLE, completed("next-plugin", 5, 500), completed("z", 0, 1)));

    assertThat(result.summary()).isEqualTo(new JobEvent.ItemSummary(15, 667));
    assertThat(result.metrics()).allSatisfy(entry -> assertThat(entry).hasSize(1));
    assertThat(result.metrics().stream().flatMap(entry -> entry.keySet().stream()))
        .containsExactly("example-plugin", "next-plugin", "z");
  }

  @Test
  void theSamePluginTwiceIsTwoEntries() {
    assertThat(JobEvents.result(List.of(EXAMPLE, EXAMPLE)).metrics()).hasSize(2);
  }

  /** Names, structure and the order of fields, but not the white space. */
  private static void assertGolden(String fixture, JobEvent event) {
    assertThat(wire(event)).isEqualTo(WireJson.mapper().readTree(read(fixture)).toString());
  }

  private static String wire(JobEvent event) {
    return new String(WireJson.write(event), UTF_8);
  }

  private static byte[] read(String fixture) {
    try (InputStream stream = JobEventsTest.class.getResourceAsStream(fixture)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletedPlugin completed(String name, long items, long durationMs) {
    return new CompletedPlugin(
        name, items, durationMs, Map.of(), JsonNodeFactory.instance.nullNode());
  }

  private static Job job(int completedPlugins, String... plugins) {
    JsonNode input = WireJson.mapper().readTree("{\"data\": \"your input\"}");
    return new Job(
        "job-123",
        Tenant.DEFAULT,
        new JobDefinition(input, Arrays.asList(plugins), 0, Duration.ofMinutes(1)),
        JobStatus.RUNNING,
        completedPlugins,
        1,
        null,
        new Job.Times(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null));
  }
}

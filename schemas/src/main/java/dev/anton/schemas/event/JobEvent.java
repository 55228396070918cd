package dev.anton.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happens to a job. The components are the Playground's payload of that status without {@code
 * status} and {@code timestamp}; all durations are in milliseconds.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface JobEvent extends EventData {

  String jobId();

  @EventName(value = "job.started", description = "A job begins.")
  record Started(String jobId, Config config) implements JobEvent {}

  @EventName(value = "job.progress", description = "A plugin of a job completed.")
  record Progressed(
      String jobId, String pluginName, Map<String, JsonNode> metrics, Progress progress)
      implements JobEvent {}

  @EventName(value = "job.completed", description = "Every plugin of a job succeeded.")
  record Completed(String jobId, Result result, RunSummary summary) implements JobEvent {}

  @EventName(value = "job.failed", description = "A plugin of a job failed.")
  record Failed(String jobId, String error, Progress progress) implements JobEvent {}

  @EventName(value = "job.cancelled", description = "A job was cancelled.")
  record Cancelled(String jobId, String error, Progress progress) implements JobEvent {}

  /** What the client asked for: input and plugins, never the webhook. */
  record Config(JsonNode input, List<String> plugins) {}

  /**
   * @param status {@code running}, {@code failed} or {@code cancelled}
   * @param error only when failed or cancelled
   * @param currentPlugin absent after the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Progress(
      String status,
      @Nullable String error,
      List<String> completedPlugins,
      @Nullable String currentPlugin) {}

  /**
   * @param metrics one entry per plugin in order, each with one key, the plugin's name
   */
  record Result(List<Map<String, Map<String, JsonNode>>> metrics, ItemSummary summary) {}

  /**
   * @param averageTime mean plugin duration
   */
  record ItemSummary(long totalProcessed, long averageTime) {}

  /**
   * @param duration wall time
   */
  record RunSummary(long duration, List<String> completedPlugins) {}
}

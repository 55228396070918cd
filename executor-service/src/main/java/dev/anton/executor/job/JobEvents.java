package dev.anton.executor.job;

import dev.anton.schemas.event.JobEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a job tells the world, field for field as in the Playground's webhook guide. */
final class JobEvents {

  /** A job's inline webhook gets {@code failed} with this error when the job was cancelled. */
  static final String CANCELLED = "cancelled";

  private JobEvents() {}

  /**
   * @param input as it may be shown
   */
  static JobEvent.Started started(Job job, JsonNode input) {
    return new JobEvent.Started(job.id(), new JobEvent.Config(input, job.definition().plugins()));
  }

  /**
   * @param job as it stands once the plugin has succeeded
   */
  static JobEvent.Progressed progressed(Job job, CompletedPlugin plugin) {
    return new JobEvent.Progressed(
        job.id(), plugin.name(), plugin.metrics(), progress(job, "running", null));
  }

  static JobEvent.Completed completed(Job job, List<CompletedPlugin> plugins, long wallTimeMs) {
    return new JobEvent.Completed(
        job.id(), result(plugins), new JobEvent.RunSummary(wallTimeMs, job.completedNames()));
  }

  static JobEvent.Failed failed(Job job, String error) {
    return new JobEvent.Failed(job.id(), error, progress(job, "failed", error));
  }

  static JobEvent.Cancelled cancelled(Job job) {
    return new JobEvent.Cancelled(job.id(), CANCELLED, progress(job, "cancelled", CANCELLED));
  }

  static JobEvent.Progress progress(Job job, String status, @Nullable String error) {
    return new JobEvent.Progress(status, error, job.completedNames(), job.currentPlugin());
  }

  /** The mean is rounded to a whole millisecond. */
  static JobEvent.Result result(List<CompletedPlugin> plugins) {
    long processed = plugins.stream().mapToLong(CompletedPlugin::processedItems).sum();
    double mean = plugins.stream().mapToLong(CompletedPlugin::durationMs).average().orElse(0);
    return new JobEvent.Result(
        plugins.stream().map(plugin -> Map.of(plugin.name(), plugin.metrics())).toList(),
        new JobEvent.ItemSummary(processed, Math.round(mean)));
  }
}

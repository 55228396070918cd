package dev.anton.executor.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.api.duration.DurationText;
import dev.anton.schemas.event.JobEvent;
import dev.anton.schemas.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as a client sees it; never its webhook.
 *
 * @param config absent in lists
 * @param timeout such as {@code 30s}
 * @param error why it failed, or of the last attempt while {@code nextAttemptAt} is there
 * @param result of the plugins that completed; absent in lists and while there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
    String jobId,
    JobStatus status,
    JobEvent.@Nullable Config config,
    int retries,
    String timeout,
    JobEvent.Progress progress,
    @Nullable String error,
    @Nullable Result result,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String finishedAt,
    @Nullable String nextAttemptAt) {

  static JobView inList(Job job) {
    return of(job, null, null);
  }

  /**
   * @param input as it may be shown
   */
  static JobView whole(Job job, JsonNode input, List<CompletedPlugin> completed) {
    return of(
        job,
        new JobEvent.Config(input, job.definition().plugins()),
        completed.isEmpty() ? null : Result.of(completed));
  }

  private static JobView of(Job job, JobEvent.@Nullable Config config, @Nullable Result result) {
    boolean backsOff = job.status() == JobStatus.RUNNING && job.attempt() > 1;
    return new JobView(
        job.id(),
        job.status(),
        config,
        job.definition().retries(),
        DurationText.format(job.definition().timeout()),
        JobEvents.progress(job, job.status().wireName(), job.error()),
        job.error(),
        result,
        Timestamps.format(job.times().created()),
        format(job.times().started()),
        format(job.times().finished()),
        backsOff ? format(job.times().due()) : null);
  }

  private static @Nullable String format(@Nullable Instant time) {
    return time == null ? null : Timestamps.format(time);
  }

  /**
   * What went out in {@code job.completed}, and what the plugins returned.
   *
   * @param outputs one entry per plugin in order, each with one key, the plugin's name
   */
  record Result(
      List<Map<String, Map<String, JsonNode>>> metrics,
      JobEvent.ItemSummary summary,
      List<Map<String, JsonNode>> outputs) {

    static Result of(List<CompletedPlugin> completed) {
      JobEvent.Result event = JobEvents.result(completed);
      return new Result(
          event.metrics(),
          event.summary(),
          completed.stream().map(plugin -> Map.of(plugin.name(), plugin.output())).toList());
    }
  }
}

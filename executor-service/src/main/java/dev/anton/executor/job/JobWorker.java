package dev.anton.executor.job;

import dev.anton.executor.plugin.InstalledPlugin;
import dev.anton.executor.plugin.PluginCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs a claimed job's plugins one after another until it ends, backs off or is given back. */
@Component
class JobWorker {

  private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

  /** Spreads the retries of jobs that failed together. */
  private static final double JITTER = 0.2;

  private final JobTransitions transitions;
  private final PluginCatalogue plugins;
  private final JobsProperties properties;
  private final JobMetrics metrics;
  private final Clock clock;

  JobWorker(
      JobTransitions transitions,
      PluginCatalogue plugins,
      JobsProperties properties,
      JobMetrics metrics,
      Clock clock) {
    this.transitions = transitions;
    this.plugins = plugins;
    this.properties = properties;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Works on the job whose lease the run holds.
   *
   * @throws LeaseLostException if the job was cancelled or taken over meanwhile
   */
  void work(JobRun run) {
    long claimedAt = System.nanoTime();
    Optional<ClaimedJob> begun = run.persist(() -> transitions.begin(run.lease()));
    if (begun.isEmpty()) {
      return;
    }
    ClaimedJob claimed = begun.get();
    if (claimed.claimsWithoutOutcome() > 1) {
      metrics.takenOver();
      if (claimed.claimsWithoutOutcome() > properties.maxTakeovers() + 1) {
        int deaths = claimed.claimsWithoutOutcome() - 1;
        fail(run, claimed, "Its executor died " + deaths + " times running it");
        return;
      }
    }
    while (true) {
      if (run.isToStop()) {
        return;
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - claimedAt);
      Duration remaining = claimed.remaining().minus(elapsed);
      Optional<ClaimedJob> next = step(run, claimed, remaining);
      if (next.isEmpty()) {
        return;
      }
      claimed = next.get();
    }
  }

  /**
   * @return the job before its next plugin; empty if there is nothing more to do now
   */
  private Optional<ClaimedJob> step(JobRun run, ClaimedJob claimed, Duration remaining) {
    Job job = claimed.job();
    String name = job.definition().plugins().get(job.completedPlugins());
    if (!remaining.isPositive()) {
      fail(run, claimed, timeUp(job));
      return Optional.empty();
    }
    Optional<InstalledPlugin> plugin = plugins.find(name);
    if (plugin.isEmpty()) {
      fail(run, claimed, "The plugin " + name + " is not installed any more");
      return Optional.empty();
    }
    Instant deadline = clock.instant().plus(remaining);
    long start = System.nanoTime();
    PluginOutcome outcome =
        run.call(() -> PluginRun.start(plugin.get(), claimed, deadline), remaining);
    metrics.pluginRan(name, outcome, Duration.ofNanos(System.nanoTime() - start));
    return switch (outcome) {
      case PluginOutcome.Succeeded(CompletedPlugin completed) -> succeed(run, claimed, completed);
      case PluginOutcome.Failed failed -> {
        failed(run, claimed, failed);
        yield Optional.empty();
      }
      case PluginOutcome.TimedOut() -> {
        fail(run, claimed, timeUp(job));
        yield Optional.empty();
      }
      case PluginOutcome.Abandoned() -> Optional.empty();
    };
  }

  private Optional<ClaimedJob> succeed(JobRun run, ClaimedJob claimed, CompletedPlugin completed) {
    ClaimedJob next = run.persist(() -> transitions.succeeded(claimed, completed));
    if (next.job().currentPlugin() != null) {
      return Optional.of(next);
    }
    metrics.finished(JobStatus.COMPLETED);
    log.info("Job {} completed after {} plugins", next.job().id(), next.job().completedPlugins());
    return Optional.empty();
  }

  private void failed(JobRun run, ClaimedJob claimed, PluginOutcome.Failed failed) {
    Job job = claimed.job();
    log.info(
        "Job {}: plugin {} failed in attempt {}",
        job.id(),
        job.currentPlugin(),
        job.attempt(),
        failed.cause());
    if (failed.retryable() && job.attempt() <= job.definition().retries()) {
      Duration backoff = backoff(job.attempt());
      run.persist(
          () -> {
            transitions.retryLater(claimed, failed.error(), backoff);
            return backoff;
          });
    } else {
      fail(run, claimed, failed.error());
    }
  }

  private void fail(JobRun run, ClaimedJob claimed, String error) {
    run.persist(
        () -> {
          transitions.failed(claimed, error);
          return error;
        });
    metrics.finished(JobStatus.FAILED);
    log.info("Job {} failed at plugin {}", claimed.job().id(), claimed.job().currentPlugin());
  }

  private Duration backoff(int attempt) {
    double doubled = (double) properties.retryDelay().toMillis() * (1L << (attempt - 1));
    double capped = Math.min(doubled, (double) properties.maxRetryDelay().toMillis());
    double spread = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
    return Duration.ofMillis(Math.round(capped * spread));
  }

  private static String timeUp(Job job) {
    return "The job took longer than its timeout of "
        + job.definition().timeout().toMillis()
        + " ms";
  }
}

package dev.anton.executor.job;

import dev.anton.executor.plugin.InstalledPlugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One run of a plugin on a thread of its own.
 *
 * <p>That thread is a platform thread: a plugin may compute for minutes, and on a virtual one it
 * would hold a carrier, of which there are as many as cores; two such plugins would stop the HTTP
 * server. There is one per job that runs, which is bounded. A thread cannot be made to end: a
 * plugin that ignores its interrupt goes on and holds its slot, but what it returns is not heard.
 */
final class PluginRun {

  private final CompletableFuture<PluginOutcome> outcome = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean unwanted;

  private PluginRun(String jobId, Function<PluginRun, PluginOutcome> work) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("plugin-" + jobId)
            .unstarted(() -> outcome.complete(work.apply(this)));
  }

  /**
   * Starts the plugin that is next in the job.
   *
   * @param deadline told to the plugin; {@link #await} decides
   */
  static PluginRun start(InstalledPlugin plugin, ClaimedJob claimed, Instant deadline) {
    PluginRun run =
        new PluginRun(
            claimed.job().id(),
            self ->
                PluginCall.make(
                    plugin, claimed, new Context(claimed, deadline, self, plugin.settings())));
    // Libraries that look for services or resources by it find those of the plugin's own jar.
    run.thread.setContextClassLoader(plugin.plugin().getClass().getClassLoader());
    run.thread.start();
    return run;
  }

  /** Waits for the outcome; when the time is up first, or the run is abandoned, interrupts it. */
  PluginOutcome await(Duration remaining) {
    PluginOutcome result =
        outcome
            .completeOnTimeout(
                new PluginOutcome.TimedOut(),
                Math.max(0, remaining.toNanos()),
                TimeUnit.NANOSECONDS)
            .join();
    unwanted = true;
    thread.interrupt();
    return result;
  }

  /** Makes {@link #await} return at once. */
  void abandon() {
    outcome.complete(new PluginOutcome.Abandoned());
  }

  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Waits until the plugin's thread is gone, however long that takes. */
  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  private record Context(
      ClaimedJob claimed,
      Instant deadline,
      PluginRun run,
      Map<String, String> settings,
      PluginMetrics metrics,
      List<EarlierResult> earlier)
      implements PluginContext {

    Context(ClaimedJob claimed, Instant deadline, PluginRun run, Map<String, String> settings) {
      this(
          claimed,
          deadline,
          run,
          settings,
          new PluginMetrics(),
          claimed.completed().stream()
              .map(plugin -> new EarlierResult(plugin.name(), plugin.output()))
              .toList());
    }

    @Override
    public String jobId() {
      return claimed.job().id();
    }

    @Override
    public String pluginName() {
      return claimed.job().definition().plugins().get(claimed.job().completedPlugins());
    }

    @Override
    public JsonNode input() {
      return claimed.job().definition().input();
    }

    @Override
    public int attempt() {
      return claimed.job().attempt();
    }

    @Override
    public boolean cancelled() {
      return run.unwanted;
    }
  }
}

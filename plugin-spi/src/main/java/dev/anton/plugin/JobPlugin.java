package dev.anton.plugin;

/**
 * One step of a job. An implementation carries {@link Plugin}, has a public constructor without
 * arguments and is named in {@code META-INF/services/dev.anton.plugin.JobPlugin}; it passes the
 * contract of the module {@code plugin-testkit}.
 *
 * <p>One instance serves all jobs, on many threads at a time: it keeps no state between runs. A run
 * may be repeated, after a failure or because the executor that ran it died, so that what it does
 * outside should have the effect of once.
 */
@FunctionalInterface
public interface JobPlugin {

  /**
   * Does the work on the calling thread, which may be a virtual one. When the job is cancelled or
   * its time is up the thread is interrupted and {@link PluginContext#cancelled()} turns true; the
   * result of a run that goes on is thrown away.
   *
   * @return what later plugins and the client see
   * @throws PluginException with a sentence for the client; whether it is retried is its own word
   * @throws Exception anything else is an unexpected failure: it is retried as often as the job
   *     allows, and its message stays in the log
   */
  PluginResult run(PluginContext context) throws Exception;
}

package dev.anton.executor.job;

import org.jspecify.annotations.Nullable;

/** How one run of a plugin ended. */
sealed interface PluginOutcome {

  /** The tag under which its duration is measured. */
  String tag();

  record Succeeded(CompletedPlugin plugin) implements PluginOutcome {
    @Override
    public String tag() {
      return "completed";
    }
  }

  /**
   * @param error for the client
   * @param cause for the log, if it was not expected
   */
  record Failed(String error, boolean retryable, @Nullable Throwable cause)
      implements PluginOutcome {
    @Override
    public String tag() {
      return "failed";
    }
  }

  /** The job's time was up first. */
  record TimedOut() implements PluginOutcome {
    @Override
    public String tag() {
      return "timeout";
    }
  }

  /** Nobody wants its result: the job was cancelled or is another worker's, or this one stops. */
  record Abandoned() implements PluginOutcome {
    @Override
    public String tag() {
      return "abandoned";
    }
  }
}

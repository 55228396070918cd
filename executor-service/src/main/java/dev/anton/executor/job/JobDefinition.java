package dev.anton.executor.job;

import dev.anton.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a job is to do; fixed once it is accepted.
 *
 * @param plugins 1 to {@value #MAX_PLUGINS} names of installed plugins, in the order to run in
 * @param retries how often a failed plugin is run again, 0 to {@value #MAX_RETRIES}
 * @param timeout of the whole job from its start, backoffs included
 */
record JobDefinition(JsonNode input, List<String> plugins, int retries, Duration timeout) {

  /** The metrics of so many plugins fit one event, see {@link dev.anton.plugin.PluginMetrics}. */
  static final int MAX_PLUGINS = 100;

  /** With the backoff doubling from a second to a minute, ten take five minutes. */
  static final int MAX_RETRIES = 10;

  /**
   * Of the input as JSON: it goes out in {@code job.started}, and what is left of an event's size
   * is for the names of 100 plugins and the frame.
   */
  static final int MAX_INPUT_BYTES = Outbox.MAX_VALUE_BYTES - 16 * 1024;

  JobDefinition {
    plugins = List.copyOf(plugins);
  }
}

package dev.anton.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a run of a plugin is given. Its nodes are shared: a plugin reads them and makes its own. */
public interface PluginContext {

  /** Names the job in whatever the plugin does outside. */
  String jobId();

  /** The name under which the job asked for this plugin. */
  String pluginName();

  /** The job's input, as the client sent it. */
  JsonNode input();

  /** The results of the plugins before this one, in the order in which they ran. */
  List<EarlierResult> earlier();

  /** Takes what this run counts; reported when it succeeds. */
  PluginMetrics metrics();

  /** When the whole job's time is up. */
  Instant deadline();

  /** The operator's settings for this plugin, as texts by their names; may be empty. */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** 1 for the first run, one more after each that failed. */
  int attempt();

  /** Whether the result is no longer wanted: the job was cancelled or its time is up. */
  boolean cancelled();

  /**
   * Leaves a run whose result is no longer wanted; a loop calls it once a turn.
   *
   * @throws CancellationException if {@link #cancelled()}
   */
  default void checkCancelled() {
    if (cancelled()) {
      throw new CancellationException("The job was cancelled or its time is up");
    }
  }

  /** The input's {@code options.<plugin name>}; an empty object if there are none. */
  default JsonNode options() {
    JsonNode options = input().path("options").path(pluginName());
    return options.isObject() ? options : JsonNodeFactory.instance.objectNode();
  }

  /**
   * What to work on: the output of the plugin before, or for the first plugin the input's {@code
   * data} (an input that is no object is data itself). The option {@code from} chooses otherwise:
   * {@code input}, or the name of an earlier plugin. A missing node if there is no such thing.
   *
   * @throws PluginException if {@code from} names no plugin that ran before
   */
  default JsonNode data() {
    String from = options().path("from").asString("");
    if (from.equals("input") || (from.isEmpty() && earlier().isEmpty())) {
      return input().isObject() ? input().path("data") : input();
    }
    if (from.isEmpty()) {
      return earlier().getLast().output();
    }
    return earlier().stream()
        .filter(result -> result.pluginName().equals(from))
        .reduce((first, second) -> second)
        .map(EarlierResult::output)
        .orElseThrow(
            () ->
                PluginException.permanent(
                    "options."
                        + pluginName()
                        + ".from names no plugin that ran before it: it is \"input\" or one of "
                        + earlier().stream().map(EarlierResult::pluginName).toList()));
  }

  /**
   * What a plugin before this one returned.
   *
   * @param pluginName the name under which the job asked for it
   * @param output what it returned; shared, so only read
   */
  record EarlierResult(String pluginName, JsonNode output) {}
}

package dev.anton.plugin.testkit;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginDescriptor;
import dev.anton.plugin.PluginMetrics;
import dev.anton.plugin.PluginResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of a plugin, as an executor would do it, for use in tests.
 *
 * @param cancelled what {@link PluginContext#cancelled()} says from the start
 */
public record PluginRun(
    JobPlugin plugin,
    JsonNode input,
    List<EarlierResult> earlier,
    PluginMetrics metrics,
    Instant deadline,
    boolean cancelled,
    Map<String, String> settings)
    implements PluginContext {

  /**
   * The first run of a job's only plugin.
   *
   * @param input JSON text, as in {@code POST /api/jobs}
   */
  public static PluginRun of(JobPlugin plugin, String input) {
    return new PluginRun(
        plugin,
        JsonMapper.shared().readTree(input),
        List.of(),
        new PluginMetrics(),
        Instant.now().plus(Duration.ofMinutes(1)),
        false,
        Map.of());
  }

  /** The same run behind another plugin that returned {@code output}, given as JSON text. */
  public PluginRun after(String pluginName, String output) {
    EarlierResult result = new EarlierResult(pluginName, JsonMapper.shared().readTree(output));
    return new PluginRun(plugin, input, List.of(result), metrics, deadline, cancelled, settings);
  }

  /** The same run, no longer wanted. */
  public PluginRun afterCancel() {
    return new PluginRun(plugin, input, earlier, metrics, deadline, true, settings);
  }

  /** The same run with the operator's settings. */
  public PluginRun with(Map<String, String> others) {
    return new PluginRun(plugin, input, earlier, metrics, deadline, cancelled, others);
  }

  /** Runs the plugin on the calling thread. */
  public PluginResult run() throws Exception {
    return plugin.run(this);
  }

  @Override
  public String jobId() {
    return "job_019aa9d2b4e873f1a6c9d8e7f5b3a201";
  }

  @Override
  public String pluginName() {
    return PluginDescriptor.of(plugin).name();
  }

  @Override
  public int attempt() {
    return 1;
  }
}

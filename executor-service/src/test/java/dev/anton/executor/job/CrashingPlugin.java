package dev.anton.executor.job;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginResult;

/** Fails in a way its author did not think of; told so by its data, by an error. */
@Plugin(
    name = "crashing-plugin",
    description = "Fails unexpectedly.",
    inputSchema = "{}",
    outputSchema = "{}")
public final class CrashingPlugin implements JobPlugin {

  @Override
  public PluginResult run(PluginContext context) {
    if (context.data().asString("").equals("error")) {
      throw new AssertionError("not thought of");
    }
    throw new IllegalStateException("jdbc:postgresql://internal-host?password=hunter2");
  }
}

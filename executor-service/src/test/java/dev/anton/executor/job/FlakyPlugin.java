package dev.anton.executor.job;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import tools.jackson.databind.node.JsonNodeFactory;

/** Fails as often as its data says, then returns in which attempt it succeeded. */
@Plugin(
    name = "flaky-plugin",
    description = "Fails some times, then succeeds.",
    inputSchema = "{\"type\": \"integer\"}",
    outputSchema = "{\"type\": \"integer\"}")
public final class FlakyPlugin implements JobPlugin {

  @Override
  public PluginResult run(PluginContext context) {
    if (context.attempt() <= context.data().asInt()) {
      throw PluginException.retryable("The far end is away");
    }
    context.metrics().processed(1);
    return new PluginResult(JsonNodeFactory.instance.numberNode(context.attempt()));
  }
}

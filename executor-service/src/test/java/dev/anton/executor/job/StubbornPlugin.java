package dev.anton.executor.job;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginResult;
import java.util.concurrent.CountDownLatch;

/** Goes on until the test lets it end, whoever interrupts it. */
@Plugin(
    name = "stubborn-plugin",
    description = "Does not listen.",
    inputSchema = "{}",
    outputSchema = "{}")
public final class StubbornPlugin implements JobPlugin {

  static final CountDownLatch END = new CountDownLatch(1);

  @Override
  public PluginResult run(PluginContext context) {
    while (true) {
      try {
        END.await();
        return new PluginResult(context.data());
      } catch (InterruptedException e) {
        // as promised
      }
    }
  }
}

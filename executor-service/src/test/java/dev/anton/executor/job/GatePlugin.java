package dev.anton.executor.job;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Waits until the test opens the gate that its data names, or until it is interrupted. */
@Plugin(
    name = "gate-plugin",
    description = "Waits for a test.",
    inputSchema = "{\"type\": \"string\"}",
    outputSchema = "{\"type\": \"string\"}")
public final class GatePlugin implements JobPlugin {

  private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

  static Gate gate(String name) {
    return GATES.computeIfAbsent(name, key -> new Gate());
  }

  @Override
  public PluginResult run(PluginContext context) throws InterruptedException {
    Gate gate = gate(context.data().asString());
    gate.reached.countDown();
    try {
      gate.open.await();
    } catch (InterruptedException e) {
      gate.interrupted.countDown();
      throw e;
    }
    context.metrics().processed(1);
    return new PluginResult(context.data());
  }

  static final class Gate {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
  }
}

package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;

/** Does nothing, at once: for milestones, and for measuring what the executor itself costs. */
@RunnerName("noop")
public final class NoopRunner implements NodeRunner {

  @Override
  public NodeResult run(NodeContext context) {
    return NodeResult.completed();
  }
}

package dev.anton.executor.run;

import dev.anton.executor.schedule.Decision;
import dev.anton.executor.schedule.NodeChange;
import dev.anton.executor.schedule.NodeState;
import dev.anton.schemas.plan.Plan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Counts what was committed, never what was only tried. */
final class RunMetrics {

  private final MeterRegistry registry;

  RunMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void committed(Decision decision, Map<String, Plan.Node> nodes) {
    for (NodeChange change : decision.nodes()) {
      NodeState end = change.to().state();
      Plan.Node node = nodes.get(change.nodeId());
      if (node != null && (end.isFinal() || end == NodeState.RETRYING)) {
        counter("anton.nodes", "Attempts of nodes and how they ended")
            .tag("runner", node.runner())
            .tag("outcome", end.wireName())
            .register(registry)
            .increment();
      }
    }
    if (decision.execution().status().isFinal()) {
      counter("anton.executions", "Executions and how they ended")
          .tag("outcome", decision.execution().status().wireName())
          .register(registry)
          .increment();
    }
  }

  private static Counter.Builder counter(String name, String description) {
    return Counter.builder(name).description(description);
  }
}

package dev.anton.executor.runner;

import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.execution.PlanDurations;
import dev.anton.executor.log.NodeLogs;
import dev.anton.executor.runner.Attempt.Surroundings;
import dev.anton.executor.schedule.Outcome;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Starts attempts with the runner that their node names. */
@Component
public class AttemptLauncher {

  private final Runners runners;
  private final RunnerProperties properties;
  private final NodeLogs logs;
  private final ExecutionStore store;
  private final ScheduledExecutorService timer = timer();

  AttemptLauncher(
      Runners runners, RunnerProperties properties, NodeLogs logs, ExecutionStore store) {
    this.runners = runners;
    this.properties = properties;
    this.logs = logs;
    this.store = store;
  }

  /**
   * Prepares an attempt; it runs once it is {@link RunningAttempt#start() started}.
   *
   * @param onEnd told exactly once, from any thread
   */
  public RunningAttempt prepare(
      ExecutionDefinition execution, Plan.Node node, int attempt, Consumer<Outcome> onEnd) {
    Optional<String> refusal = runners.refusal(node.runner());
    NodeRunner runner =
        refusal
            .<NodeRunner>map(reason -> _ -> NodeResult.badInput(reason))
            .orElseGet(() -> runners.find(node.runner()).orElseThrow().runner());
    Map<String, String> settings =
        runners.find(node.runner()).map(Runners.Ready::settings).orElse(Map.of());
    Surroundings surroundings =
        new Surroundings(
            timeout(node),
            settings,
            logs.open(execution.tenant(), execution.id(), node.id(), attempt));
    return new RunningAttempt(
        new Attempt(
            execution, node, attempt, surroundings, () -> dependencyOutputs(execution, node)),
        runner,
        timer,
        onEnd);
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }

  private Duration timeout(Plan.Node node) {
    String timeout = node.timeout();
    return timeout == null ? properties.nodeTimeout() : PlanDurations.parse(timeout);
  }

  private Map<String, JsonNode> dependencyOutputs(ExecutionDefinition execution, Plan.Node node) {
    Map<String, JsonNode> outputs = new HashMap<>();
    store
        .completedOutputs(execution.tenant(), execution.id())
        .forEach(
            (id, output) -> {
              if (output != null && node.dependencies().contains(id)) {
                outputs.put(id, WireJson.mapper().readTree(output));
              }
            });
    return outputs;
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("node-timer").daemon().factory());
    // Nearly every timeout is cancelled; they must not pile up until they would have been due.
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}

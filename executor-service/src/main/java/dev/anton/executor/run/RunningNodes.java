package dev.anton.executor.run;

import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.run.NodePreparation.Prepared;
import dev.anton.executor.runner.RunningAttempt;
import dev.anton.executor.schedule.Decision.Launch;
import dev.anton.executor.schedule.Finished;
import dev.anton.executor.schedule.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The attempts of one execution that run here, and the ends of those that ran. */
final class RunningNodes {

  private final ExecutionDefinition definition;
  private final Replica replica;
  private final Runnable onEnd;
  private final Queue<Finished> ends = new ConcurrentLinkedQueue<>();
  private final Map<String, RunningAttempt> running = new ConcurrentHashMap<>();

  /**
   * @param onEnd called after each end, from any thread
   */
  RunningNodes(ExecutionDefinition definition, Replica replica, Runnable onEnd) {
    this.definition = definition;
    this.replica = replica;
    this.onEnd = onEnd;
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  /** Starts an attempt; the slot that it holds is given back when it ends. */
  void launch(Prepared prepared) {
    Launch launch = prepared.launch();
    if (prepared.error() != null) {
      ended(launch, new Outcome.Failed(prepared.error(), false));
      return;
    }
    // Put in before it starts: it may end at once.
    RunningAttempt attempt =
        replica
            .launcher()
            .prepare(
                definition, prepared.node(), launch.attempt(), outcome -> ended(launch, outcome));
    running.put(launch.nodeId(), attempt);
    attempt.start();
  }

  void stop(Collection<String> nodeIds, String reason) {
    for (String nodeId : nodeIds) {
      RunningAttempt attempt = running.get(nodeId);
      if (attempt != null) {
        attempt.stop(reason);
      }
    }
  }

  void stopAll(String reason) {
    running.values().forEach(attempt -> attempt.stop(reason));
  }

  /** Moves the ends that have come in to the list. */
  void drainTo(List<Finished> taken) {
    for (Finished next = ends.poll(); next != null; next = ends.poll()) {
      taken.add(next);
    }
  }

  /** Whether an attempt runs here, or has ended and its end has not been drained. */
  boolean isKnown(String nodeId, int attempt) {
    return running.containsKey(nodeId)
        || ends.stream().anyMatch(end -> end.nodeId().equals(nodeId) && end.attempt() == attempt);
  }

  private void ended(Launch launch, Outcome outcome) {
    // Put in before it is taken out: whoever looks finds it in one of the two.
    ends.add(new Finished(launch.nodeId(), launch.attempt(), outcome));
    running.remove(launch.nodeId());
    replica.slots().give(1);
    onEnd.run();
  }
}

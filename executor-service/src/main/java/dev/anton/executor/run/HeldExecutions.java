package dev.anton.executor.run;

import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.PlanDurations;
import dev.anton.executor.execution.StoredExecution;
import dev.anton.executor.schedule.Backoff;
import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.Decision;
import dev.anton.executor.schedule.ExecutionIdentity;
import dev.anton.executor.schedule.ExecutionProgress;
import dev.anton.executor.schedule.Schedule;
import dev.anton.executor.schedule.SchedulePolicy;
import dev.anton.executor.schedule.ScheduledNode;
import dev.anton.lease.Lease;
import dev.anton.schemas.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executions under this replica's leases. */
final class HeldExecutions implements ExecutionHolder {

  /** Before the second attempt of a node that does not say. */
  private static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Logger log = LoggerFactory.getLogger(HeldExecutions.class);

  private final Map<String, HeldExecution> byId = new ConcurrentHashMap<>();
  private final RunProperties properties;
  private final RunMetrics metrics;
  private final Wake wake;
  private volatile boolean draining;
  private volatile boolean moreWait;

  HeldExecutions(RunProperties properties, RunMetrics metrics, Wake wake) {
    this.properties = properties;
    this.metrics = metrics;
    this.wake = wake;
  }

  int size() {
    return byId.size();
  }

  List<Lease> leases() {
    return byId.values().stream().map(HeldExecution::lease).toList();
  }

  void hold(HeldExecution execution) {
    HeldExecution before = byId.put(execution.lease().id(), execution);
    if (before != null) {
      before.abandon("The execution was claimed again");
    }
    execution.kick();
  }

  void tell(String executionId, Control control) {
    HeldExecution execution = byId.get(executionId);
    if (execution != null) {
      execution.obey(control);
    }
  }

  /** For a lease that was not there to be renewed: given back meanwhile, or lost. */
  void lost(Lease lease) {
    HeldExecution execution = byId.get(lease.id());
    if (execution != null && execution.lease().equals(lease) && !execution.isLettingGo()) {
      log.warn("The lease of execution {} is lost", lease.id());
      execution.abandon("The executor lost the execution");
      abandoned(execution);
    }
  }

  /**
   * Stops and forgets those that have been held for longer.
   *
   * @param time as {@link System#nanoTime()} tells it
   */
  void dropHeldBefore(long time, String reason) {
    for (HeldExecution execution : byId.values()) {
      if (execution.heldSince() - time < 0) {
        execution.abandon(reason);
        abandoned(execution);
      }
    }
  }

  /** Stops all, but keeps them until their leases have been given back. */
  void abandonAll(String reason) {
    byId.values().forEach(execution -> execution.abandon(reason));
  }

  /** Whether executions wait that there was no room for: whoever makes room has them claimed. */
  void callWhenThereIsRoom(boolean call) {
    moreWait = call;
  }

  /** Whether one more can be held, and would not pass by others that wait for that. */
  boolean hasRoom() {
    return !draining && !moreWait && byId.size() < properties.maxHeldExecutions();
  }

  /** From now on nothing new starts. */
  void drain() {
    draining = true;
  }

  void awaitQuiet(Duration patience) {
    await(patience, () -> byId.values().stream().allMatch(HeldExecution::isQuiet));
  }

  void awaitProcesses(Duration patience) {
    await(patience, () -> byId.values().stream().noneMatch(HeldExecution::hasRunningNodes));
  }

  @Override
  public Schedule schedule(StoredExecution execution) {
    ExecutionDefinition definition = execution.definition();
    return new Schedule(
        new ExecutionIdentity(
            definition.id(), definition.origin().sessionId(), definition.folder().projectName()),
        new SchedulePolicy(
            definition.settings().maxConcurrency(),
            definition.settings().failFast(),
            properties.maxInterruptions(),
            new Backoff(properties.maxBackoff(), ThreadLocalRandom::current)),
        definition.plan().nodes().stream().map(HeldExecutions::scheduled).toList(),
        execution.progress(),
        execution.nodes());
  }

  @Override
  public void letGo(HeldExecution execution, @Nullable Instant wakeAt) {
    byId.remove(execution.lease().id(), execution);
    if (moreWait) {
      wake.claims();
    }
    if (wakeAt != null) {
      wake.claimsAt(wakeAt);
    }
  }

  @Override
  public void abandoned(HeldExecution execution) {
    byId.remove(execution.lease().id(), execution);
  }

  @Override
  public void kickAt(HeldExecution execution, Instant time) {
    wake.at(time, execution::kick);
  }

  @Override
  public void committed(String executionId, Decision decision, Map<String, Plan.Node> nodes) {
    metrics.committed(decision, nodes);
    ExecutionProgress execution = decision.execution();
    Instant from = execution.startedAt();
    Instant to = execution.finishedAt();
    if (from != null && to != null) {
      log.info(
          "Execution {} of {} nodes {} after {} ms",
          executionId,
          nodes.size(),
          execution.status().wireName(),
          Duration.between(from, to).toMillis());
    }
  }

  @Override
  public boolean isDraining() {
    return draining;
  }

  private static ScheduledNode scheduled(Plan.Node node) {
    Plan.Retry retry = node.retry();
    String delay = retry == null ? null : retry.initialDelay();
    return new ScheduledNode(
        node.id(),
        node.label(),
        node.type(),
        node.dependencies(),
        retry == null ? 1 : retry.maxAttempts(),
        delay == null ? DEFAULT_DELAY : PlanDurations.parse(delay),
        node.condition() != null);
  }

  private static void await(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

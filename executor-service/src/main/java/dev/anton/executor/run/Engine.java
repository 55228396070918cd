package dev.anton.executor.run;

import dev.anton.executor.execution.FirstLease;
import dev.anton.executor.execution.NewExecution;
import dev.anton.executor.execution.StoredExecution;
import dev.anton.executor.schedule.Control;
import dev.anton.lease.Lease;
import dev.anton.schemas.id.Ids;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Claims executions while there is room, keeps their leases alive, and gives them back when the
 * service stops.
 *
 * <p>A replica that cannot renew its leases until they have run out stops what it runs: another may
 * have started the same nodes. Until then it goes on, and so does the work while the database is
 * away for a moment.
 */
@Component
public class Engine implements SmartLifecycle {

  /** Cancelled executions are taken whether there is room or not, but not all at once. */
  private static final int MAX_CANCELLED_CLAIM = 64;

  /** After the patience is used up: for ending the processes. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final RunProperties properties;
  private final Replica replica;
  private final ExecutionLeases leases;
  private final HeldExecutions held;
  private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(3, Thread.ofPlatform().name("leases-", 0).factory());
  private final AtomicBoolean cancelAsked = new AtomicBoolean();
  private volatile boolean running;
  private volatile long renewedAt;

  Engine(RunProperties properties, Replica replica, JdbcClient jdbc, MeterRegistry registry) {
    this.properties = properties;
    this.replica = replica;
    this.leases = new ExecutionLeases(jdbc, Ids.next("executor_"), properties);
    this.held =
        new HeldExecutions(
            properties, new RunMetrics(registry), new Wake(this::wake, timer, replica.clock()));
    Gauge.builder("anton.executions.running", held, HeldExecutions::size)
        .description("Executions that this replica holds")
        .register(registry);
    Gauge.builder("anton.nodes.running", replica.slots(), this::usedSlots)
        .description("Nodes that run on this replica")
        .register(registry);
  }

  /** Looks for work soon; called when some has come. Never blocks. */
  public void wake() {
    wakeUps.offer(true);
  }

  /**
   * Queues an execution. If there is room it is held here from the first moment, which saves the
   * claim; if this replica dies in between, its lease runs out like any other.
   */
  public void queue(NewExecution execution) {
    boolean here = running && held.hasRoom() && replica.slots().free() > 0;
    Set<String> added = replica.store().queue(List.of(execution), here ? leases.first() : null);
    if (here && !added.isEmpty()) {
      Lease lease = new Lease(execution.definition().id(), FirstLease.FENCING_TOKEN);
      held.hold(new HeldExecution(lease, StoredExecution.queued(execution), replica, held));
    } else {
      wake();
    }
  }

  /** Lets an execution know at once what people want of it, if it is held here. */
  public void tell(String executionId, Control control) {
    held.tell(executionId, control);
    cancelAsked.set(true);
    wake();
  }

  @Override
  public void start() {
    running = true;
    renewedAt = System.nanoTime();
    Thread.ofPlatform().name("claims").daemon().start(this::claimWhileRunning);
    every(properties.heartbeat(), this::renew);
    every(properties.pollInterval(), this::readControls);
    every(properties.heartbeat(), this::dropWhatIsOverdue);
  }

  @Override
  public void stop() {
    held.drain();
    running = false;
    held.awaitQuiet(properties.drainPatience());
    held.abandonAll("The executor was stopped");
    held.awaitProcesses(KILL_PATIENCE);
    timer.shutdownNow();
    for (Lease lease : held.leases()) {
      try {
        leases.release(lease);
      } catch (RuntimeException e) {
        // They run out by themselves; to wait for a dead database once is long enough.
        log.warn("Cannot give back leases from that of {} on: {}", lease.id(), e.getMessage());
        break;
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts after and stops before the writer; starts before and stops after those who queue. */
  @Override
  public int getPhase() {
    return 2_000;
  }

  private void claimWhileRunning() {
    while (running) {
      try {
        if (!claim()
            && wakeUps.poll(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS) == null) {
          cancelAsked.set(true);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        // Memory may have run out for a moment; without this loop nothing is claimed any more.
        log.warn("Cannot claim executions, trying again: {}", e.toString());
        pause();
      }
    }
  }

  /** Whether there may be more to claim. */
  private boolean claim() {
    if (cancelAsked.getAndSet(false)) {
      hold(leases.claimCancelled(MAX_CANCELLED_CLAIM));
    }
    int room = Math.min(properties.maxHeldExecutions() - held.size(), replica.slots().free());
    List<Lease> claimed = leases.claimDue(Math.max(room, 0));
    hold(claimed);
    boolean mayBeMore = claimed.size() >= room;
    held.callWhenThereIsRoom(mayBeMore);
    return mayBeMore && room > 0;
  }

  private void hold(List<Lease> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    Map<String, StoredExecution> stored =
        replica.store().load(claimed.stream().map(Lease::id).toList());
    for (Lease lease : claimed) {
      StoredExecution execution = stored.get(lease.id());
      if (execution != null) {
        held.hold(new HeldExecution(lease, execution, replica, held));
      }
    }
  }

  private void renew() {
    List<Lease> before = held.leases();
    long asked = System.nanoTime();
    try {
      Set<Lease> kept = Set.copyOf(leases.renew(before));
      // Counted from the question, as the database does however long it takes.
      renewedAt = asked;
      before.stream().filter(lease -> !kept.contains(lease)).forEach(held::lost);
    } catch (RuntimeException e) {
      log.warn("Cannot renew {} leases: {}", before.size(), e.getMessage());
    }
  }

  /** Asks nobody: a database that is silent holds up whoever asks it, instead of failing them. */
  private void dropWhatIsOverdue() {
    long overdue = System.nanoTime() - properties.leaseDuration().toNanos();
    if (renewedAt - overdue < 0) {
      held.dropHeldBefore(overdue, "The executor cannot reach its database");
    }
  }

  private void readControls() {
    Set<String> ids = held.leases().stream().map(Lease::id).collect(Collectors.toSet());
    if (!ids.isEmpty()) {
      leases.controls(ids).forEach(held::tell);
    }
  }

  private void every(Duration period, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            // What gets out of a task ends its repetition.
            log.warn("Cannot look after the leases, trying again: {}", e.toString());
          }
        };
    var _ =
        timer.scheduleWithFixedDelay(
            guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void pause() {
    try {
      Thread.sleep(properties.pollInterval());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int usedSlots(NodeSlots slots) {
    return properties.maxRunningNodes() - slots.free();
  }
}

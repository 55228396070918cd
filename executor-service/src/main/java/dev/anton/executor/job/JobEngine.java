package dev.anton.executor.job;

import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import dev.anton.schemas.id.Ids;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Claims due jobs up to this replica's slots, keeps their leases alive and gives them back at the
 * end. A slot is held from the claim until the plugin's thread is gone; a backoff holds none.
 */
@Component
class JobEngine implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JobEngine.class);

  /** Of one claim: many replicas that start together share a backlog. */
  private static final int CLAIM_BATCH = 8;

  /** For giving back what the drain left, so that stopping takes a known time. */
  private static final Duration GIVE_BACK_TIME = Duration.ofSeconds(3);

  private final LeaseTable leases;
  private final JdbcClient jdbc;
  private final JobWorker worker;
  private final JobTransitions transitions;
  private final JobsProperties properties;
  private final JobMetrics metrics;

  private final Map<String, JobRun> runs = new ConcurrentHashMap<>();
  private final Semaphore slots;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean running;
  private volatile long renewedAt;
  private CountDownLatch heartStop = new CountDownLatch(1);

  JobEngine(
      JdbcClient jdbc,
      JobWorker worker,
      JobTransitions transitions,
      JobsProperties properties,
      JobMetrics metrics) {
    this.jdbc = jdbc;
    this.worker = worker;
    this.transitions = transitions;
    this.properties = properties;
    this.metrics = metrics;
    this.slots = new Semaphore(properties.maxConcurrent());
    this.leases =
        new LeaseTable(
            jdbc,
            new LeaseTable.Spec(
                "jobs",
                "id",
                "status IN ('queued', 'running') AND due_at <= now()",
                "due_at",
                Ids.next("executor_"),
                properties.leaseDuration()));
  }

  /** There may be a job to claim. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  /** The job was cancelled; if it runs here, its plugin is told now, not at the next heartbeat. */
  void cancelled(String jobId) {
    JobRun run = runs.get(jobId);
    if (run != null) {
      run.stop();
    }
  }

  @Override
  public void start() {
    running = true;
    heartStop = new CountDownLatch(1);
    renewedAt = System.nanoTime();
    // Platform threads: none may wait for a carrier that something else holds.
    Thread.ofPlatform().daemon().name("job-claims").start(this::claimLoop);
    Thread.ofPlatform().daemon().name("job-heartbeat").start(this::heartbeatLoop);
    Thread.ofPlatform().daemon().name("job-lease-watch").start(this::watchLoop);
  }

  @Override
  public void stop() {
    running = false;
    wake();
    runs.values().forEach(JobRun::drain);
    if (!awaitNoRuns(properties.drainTimeout())) {
      runs.values().forEach(JobRun::stop);
      awaitNoRuns(GIVE_BACK_TIME);
    }
    heartStop.countDown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the outbox's relay has started; stopped before it, so that last events still leave. */
  @Override
  public int getPhase() {
    return 1000;
  }

  private void claimLoop() {
    while (running) {
      boolean more = false;
      try {
        List<Lease> claimed = leases.claim(Math.min(CLAIM_BATCH, slots.availablePermits()));
        claimed.forEach(this::startRun);
        more = claimed.size() == CLAIM_BATCH;
      } catch (RuntimeException | Error e) {
        // Memory may have run out for a moment; without this loop nothing is claimed any more.
        log.warn("Jobs cannot be claimed: {}", e.toString());
      }
      if (!more) {
        awaitWakeUp();
      }
    }
  }

  private void startRun(Lease lease) {
    // Never waits: only this thread takes permits, and it claimed no more than there are.
    slots.acquireUninterruptibly();
    metrics.running().incrementAndGet();
    JobRun run = new JobRun(lease);
    runs.put(lease.id(), run);
    if (!running) {
      run.drain();
    }
    Thread.ofVirtual().name("job-" + lease.id()).start(() -> work(run));
  }

  private void work(JobRun run) {
    try {
      worker.work(run);
    } catch (LeaseLostException e) {
      log.info("{}: another worker or a cancel was first", e.getMessage());
    } catch (RuntimeException | Error e) {
      log.error("Job {} is left for a takeover", run.lease().id(), e);
    } finally {
      giveBackIfStopped(run);
      runs.remove(run.lease().id(), run);
      metrics.running().decrementAndGet();
      releaseSlotAfter(run);
    }
  }

  private void giveBackIfStopped(JobRun run) {
    try {
      if (run.isToStop()) {
        transitions.giveBack(run.lease());
      } else {
        // Does nothing after an outcome; after an unknown one the job need not wait for the lease.
        leases.release(run.lease());
      }
    } catch (RuntimeException | Error e) {
      log.warn("Job {} waits for its lease to end: {}", run.lease().id(), e.toString());
    }
  }

  private void releaseSlotAfter(JobRun run) {
    boolean overdue = !run.pluginHasEnded();
    if (overdue) {
      metrics.overdue().incrementAndGet();
    }
    try {
      run.awaitPluginEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (overdue) {
        metrics.overdue().decrementAndGet();
      }
      slots.release();
      wake();
    }
  }

  private void heartbeatLoop() {
    while (!awaitHeartStop()) {
      try {
        long asked = System.nanoTime();
        renew(List.copyOf(runs.values()));
        // Counted from the question, as the database does however long it takes.
        renewedAt = asked;
        metrics.oldestQueued(oldestQueued());
      } catch (RuntimeException | Error e) {
        log.warn("The jobs' leases cannot be renewed: {}", e.toString());
      }
    }
  }

  /** Asks nobody: a database that is silent holds up whoever asks it, instead of failing them. */
  private void watchLoop() {
    while (!awaitHeartStop()) {
      long overdue = System.nanoTime() - properties.leaseDuration().toNanos();
      if (renewedAt - overdue < 0) {
        runs.values().stream().filter(run -> run.claimedAt() - overdue < 0).forEach(JobRun::stop);
      }
    }
  }

  private void renew(List<JobRun> current) {
    Set<Lease> held = new HashSet<>(leases.renew(current.stream().map(JobRun::lease).toList()));
    for (JobRun run : current) {
      if (!held.contains(run.lease())) {
        run.stop();
      }
    }
  }

  Duration oldestQueued() {
    return jdbc.sql(
            """
            SELECT coalesce(extract(epoch FROM now() - min(due_at)) * 1000, 0)::bigint
              FROM jobs
             WHERE status = 'queued'
            """)
        .query((row, number) -> Duration.ofMillis(row.getLong(1)))
        .single();
  }

  private void awaitWakeUp() {
    try {
      if (wakeUps.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        wakeUps.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private boolean awaitHeartStop() {
    try {
      return heartStop.await(properties.leaseDuration().toMillis() / 3, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * @return whether there are none left
   */
  private boolean awaitNoRuns(Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    try {
      while (!runs.isEmpty() && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return runs.isEmpty();
  }
}

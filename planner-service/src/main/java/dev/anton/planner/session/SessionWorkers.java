package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Claims sessions and works on a bounded number of them at a time. A session is claimed only when
 * there is a worker free for it, so that it never waits in one replica while another one idles.
 */
@Component
class SessionWorkers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SessionWorkers.class);

  private final LeaseTable leases;
  private final SessionWorker worker;
  private final SessionMetrics metrics;
  private final PlannerProperties properties;

  private final Semaphore free;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Map<String, Lease> held = new ConcurrentHashMap<>();
  private volatile boolean running;

  SessionWorkers(
      LeaseTable sessionLeases,
      SessionWorker worker,
      SessionMetrics metrics,
      PlannerProperties properties) {
    this.leases = sessionLeases;
    this.worker = worker;
    this.metrics = metrics;
    this.properties = properties;
    this.free = new Semaphore(properties.workers());
  }

  /** There is work to claim. Call it after the commit that made it. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("session-claims").start(this::claimWhileRunning);
    Thread.ofVirtual().name("session-heartbeat").start(this::renewWhileHeld);
  }

  /** Ends after the steps that are under way, and gives back what is not finished. */
  @Override
  public void stop() {
    running = false;
    wake();
    try {
      int workers = properties.workers();
      long grace = properties.shutdownGrace().toMillis();
      if (free.tryAcquire(workers, grace, TimeUnit.MILLISECONDS)) {
        free.release(workers);
      } else {
        log.warn("{} sessions did not come to the end of their step in time", held.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void claimWhileRunning() {
    try {
      while (running) {
        free.acquire();
        int permits = 1 + free.drainPermits();
        List<Lease> claimed = running ? claim(permits) : List.of();
        free.release(permits - claimed.size());
        claimed.forEach(this::startWorker);
        if (claimed.size() < permits) {
          waitForWork();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitForWork() throws InterruptedException {
    if (wakeUps.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private List<Lease> claim(int max) {
    try {
      return leases.claim(max);
    } catch (DataAccessException | TransactionException e) {
      log.warn("No sessions can be claimed: {}", e.getMessage());
      return List.of();
    }
  }

  private void startWorker(Lease lease) {
    held.put(lease.id(), lease);
    metrics.workerStarted();
    Thread.ofVirtual().name("session-" + lease.id()).start(() -> work(lease));
  }

  private void work(Lease lease) {
    try {
      worker.work(lease, () -> !running);
    } catch (RuntimeException e) {
      log.error("Session {} was left where it is", lease.id(), e);
    } finally {
      held.remove(lease.id(), lease);
      release(lease);
      metrics.workerStopped();
      free.release();
      wake();
    }
  }

  private void release(Lease lease) {
    try {
      leases.release(lease);
    } catch (DataAccessException | TransactionException e) {
      // It runs out by itself.
      log.debug("The lease on session {} could not be released", lease.id(), e);
    }
  }

  private void renewWhileHeld() {
    try {
      while (running || !held.isEmpty()) {
        renew(List.copyOf(held.values()));
        Thread.sleep(properties.lease().dividedBy(3));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew(Collection<Lease> leasesOfWorkers) {
    try {
      Set<String> renewed =
          leases.renew(leasesOfWorkers).stream().map(Lease::id).collect(Collectors.toSet());
      leasesOfWorkers.stream()
          .filter(lease -> !renewed.contains(lease.id()) && held.containsValue(lease))
          .forEach(lease -> log.warn("Session {} was taken over by another replica", lease.id()));
    } catch (DataAccessException | TransactionException e) {
      log.warn("Leases cannot be renewed: {}", e.getMessage());
    }
  }
}

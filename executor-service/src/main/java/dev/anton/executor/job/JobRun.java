package dev.anton.executor.job;

import dev.anton.lease.Lease;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One claimed job in the hands of this replica, from the claim until its plugin's thread is gone.
 * Others stop it; its worker asks whether it is to stop. The worker's thread is never interrupted:
 * it may be in the middle of a transaction.
 */
final class JobRun {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final long claimedAt = System.nanoTime();
  private final Lease lease;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean draining;
  private @Nullable PluginRun plugin;

  JobRun(Lease lease) {
    this.lease = lease;
  }

  Lease lease() {
    return lease;
  }

  /** As {@link System#nanoTime()} tells it. */
  long claimedAt() {
    return claimedAt;
  }

  /** Whether the worker is to leave before the next plugin. */
  boolean isToStop() {
    return draining || isStopped();
  }

  /** The plugin that runs may end, no other begins. */
  void drain() {
    draining = true;
  }

  /** The plugin that runs is abandoned, no other begins. */
  synchronized void stop() {
    stopped.countDown();
    if (plugin != null) {
      plugin.abandon();
    }
  }

  /** Runs a plugin and waits for its outcome; abandoned at once if this is stopped already. */
  PluginOutcome call(Supplier<PluginRun> start, Duration remaining) {
    PluginRun started;
    synchronized (this) {
      if (isStopped()) {
        return new PluginOutcome.Abandoned();
      }
      started = start.get();
      plugin = started;
    }
    return started.await(remaining);
  }

  /**
   * Takes a step of the job's state, again and again while the database is away: what a plugin did
   * is not thrown away for that. When the lease cannot be renewed meanwhile, the run is stopped and
   * with it this.
   */
  <T> T persist(Supplier<T> step) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return step.get();
      } catch (TransientDataAccessException
          | RecoverableDataAccessException
          | NonTransientDataAccessResourceException
          | TransactionException e) {
        if (pause(pause)) {
          throw e;
        }
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
          pause = LONGEST_PAUSE;
        }
      }
    }
  }

  synchronized boolean pluginHasEnded() {
    return plugin == null || plugin.hasEnded();
  }

  /** Waits until the plugin's thread is gone, which may be long after the job has ended. */
  void awaitPluginEnd() throws InterruptedException {
    PluginRun last;
    synchronized (this) {
      last = plugin;
    }
    if (last != null) {
      last.awaitEnd();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * @return whether this was stopped meanwhile
   */
  private boolean pause(Duration duration) {
    try {
      return stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}

package dev.anton.dispatcher.matching;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the sync when a change is announced, and at the latest after the interval. */
@Component
@EnableConfigurationProperties(IndexProperties.class)
class IndexSyncLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(IndexSyncLoop.class);

  /** A round that reads everything may take this long; its row then ends with its lease. */
  private static final Duration STOP = Duration.ofSeconds(2);

  private final IndexRound round;
  private final InMemorySubscriptionIndex index;
  private final IndexProperties properties;
  private final Counter failures;
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable Thread thread;

  IndexSyncLoop(
      IndexRound round,
      InMemorySubscriptionIndex index,
      IndexProperties properties,
      MeterRegistry metrics) {
    this.round = round;
    this.index = index;
    this.properties = properties;
    this.failures = metrics.counter("anton.subscriptions.sync.failures");
  }

  /** Something changed; any number of calls before the next round lead to one read. */
  void wake() {
    wake.release();
  }

  @Override
  public void start() {
    Thread created = Thread.ofVirtual().name("subscription-sync").unstarted(this::run);
    thread = created;
    created.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        running.join(STOP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      rounds();
    } finally {
      round.leave();
    }
  }

  private void rounds() {
    boolean failing = false;
    while (Thread.currentThread().equals(thread)) {
      try {
        boolean first = !index.isLoaded();
        boolean counts = round.run();
        if (first) {
          log.info("subscriptions loaded: {}", index.size());
        } else if (failing) {
          log.info("subscriptions are read again");
        }
        failing = false;
        if (counts) {
          pause();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        failures.increment();
        if (!failing) {
          log.warn("subscriptions cannot be read, the last known ones hold: {}", e.toString());
        }
        failing = true;
        if (!pauseAfterFailure()) {
          return;
        }
      }
    }
  }

  private void pause() throws InterruptedException {
    if (wake.tryAcquire(properties.syncInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Wake-ups do not shorten this one: a database in trouble is not asked more often. */
  private boolean pauseAfterFailure() {
    try {
      Thread.sleep(properties.syncInterval());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}

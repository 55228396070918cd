package dev.anton.dispatcher.deadletter;

import dev.anton.dispatcher.parking.ParkedRow;
import dev.anton.dispatcher.parking.ParkedRows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/** Looks for exhausted deliveries. */
final class DeadLetterPoller implements SmartLifecycle {

  private static final int PHASE = 1000;
  private static final Logger log = LoggerFactory.getLogger(DeadLetterPoller.class);

  /** Nobody waits for a dead letter. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Duration BACKOFF = Duration.ofSeconds(2);
  private static final int CLAIM = 200;

  private final ParkedRows rows;
  private final DeadLetterPublisher publisher;
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  DeadLetterPoller(ParkedRows rows, DeadLetterPublisher publisher) {
    this.rows = rows;
    this.publisher = publisher;
  }

  @Override
  public void start() {
    stopping = false;
    thread = Thread.ofPlatform().name("dispatcher-dead-letters").start(this::run);
  }

  @Override
  public void stop() {
    stopping = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private void run() {
    while (!stopping) {
      Duration pause = INTERVAL;
      try {
        List<ParkedRow> exhausted = rows.claimExhausted(CLAIM);
        if (!exhausted.isEmpty()) {
          publisher.publish(exhausted);
        }
        if (exhausted.size() == CLAIM) {
          continue;
        }
      } catch (RuntimeException e) {
        log.warn(
            "Exhausted deliveries cannot be claimed now: {}",
            NestedExceptionUtils.getMostSpecificCause(e).toString());
        pause = BACKOFF;
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }
}

package dev.anton.dispatcher.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Does one round after another on a thread of its own, from the service's start until its stop. A
 * round that fails is reported and followed by the next after a pause: whatever it looks after
 * waits in the database meanwhile.
 */
public final class RoundLoop implements SmartLifecycle {

  /** For what feeds the dispatcher, as the consumer does: it stops before the dispatcher drains. */
  public static final int FEEDS_THE_DISPATCHER = 1000;

  /** For what the dispatcher needs until it is drained. */
  public static final int SERVES_THE_DISPATCHER = 400;

  private static final Logger log = LoggerFactory.getLogger(RoundLoop.class);
  private static final Duration BACKOFF = Duration.ofSeconds(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final int phase;
  private final Supplier<Duration> round;
  private volatile boolean stopping;
  private volatile boolean woken;
  private volatile @Nullable Thread thread;

  /**
   * @param name of the thread and in the log, such as {@code dispatcher-parked}
   * @param round returns how long to wait before the next
   */
  public RoundLoop(String name, Supplier<Duration> round) {
    this(name, FEEDS_THE_DISPATCHER, round);
  }

  /**
   * @param phase loops of a higher one stop first
   */
  public RoundLoop(String name, int phase, Supplier<Duration> round) {
    this.name = name;
    this.phase = phase;
    this.round = round;
  }

  /** Lets the next round begin at once, or as soon as the running one is over. */
  public void wake() {
    woken = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  @Override
  public void start() {
    stopping = false;
    thread = Thread.ofPlatform().name(name).start(this::run);
  }

  /** Lets the running round end and waits for it, at most five seconds. */
  @Override
  public void stop() {
    stopping = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
      try {
        running.join(STOP_PATIENCE);
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
    return phase;
  }

  private void run() {
    while (!stopping) {
      woken = false;
      Duration pause = BACKOFF;
      try {
        pause = round.get();
      } catch (RuntimeException e) {
        log.warn(
            "{}: a round failed, the next is in {} ms: {}",
            name,
            pause.toMillis(),
            NestedExceptionUtils.getMostSpecificCause(e).toString());
      }
      if (pause.isPositive() && !stopping && !woken) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }
}

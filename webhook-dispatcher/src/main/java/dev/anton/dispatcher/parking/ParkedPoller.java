package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.lane.Lanes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Takes up parked deliveries: those that are due, and those that wait for an endpoint with room in
 * its lane. It claims no more than it may have in flight. A due row whose lane has no room waits by
 * endpoint from then on, so that it is not claimed over and over.
 */
final class ParkedPoller implements SmartLifecycle {

  /** With the consumer: both feed the dispatcher. */
  static final int PHASE = 1000;

  private static final Logger log = LoggerFactory.getLogger(ParkedPoller.class);
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  private final ParkedRows rows;
  private final Dispatcher dispatcher;
  private final Lanes lanes;
  private final ParkingSettings settings;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  ParkedPoller(ParkedRows rows, Dispatcher dispatcher, Lanes lanes, ParkingSettings settings) {
    this.rows = rows;
    this.dispatcher = dispatcher;
    this.lanes = lanes;
    this.settings = settings;
  }

  /** Parked deliveries that are being attempted. */
  int inFlight() {
    return inFlight.get();
  }

  @Override
  public void start() {
    stopping = false;
    thread = Thread.ofPlatform().name("dispatcher-parked").start(this::run);
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
      Duration pause;
      try {
        lanes.evictIdle();
        pause = poll() ? Duration.ZERO : settings.pollInterval();
      } catch (RuntimeException e) {
        log.warn(
            "Parked deliveries cannot be claimed now: {}",
            NestedExceptionUtils.getMostSpecificCause(e).toString());
        pause = BACKOFF;
      }
      if (pause.isPositive()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }

  /** Whether there may be more at once. */
  private boolean poll() {
    boolean more = false;
    int room = Math.min(settings.claim(), settings.inFlight() - inFlight.get());
    if (room > 0) {
      List<ParkedRow> due = rows.claimDue(room);
      due.forEach(this::resume);
      more = due.size() == room;
    }
    for (String subscription : rows.waitingSubscriptions()) {
      room = Math.min(settings.inFlight() - inFlight.get(), lanes.room(subscription));
      if (room > 0) {
        List<ParkedRow> waiting = rows.claimWaiting(subscription, room);
        waiting.forEach(this::resume);
        more |= waiting.size() == room && lanes.room(subscription) > 0;
      }
    }
    return more && inFlight.get() < settings.inFlight();
  }

  private void resume(ParkedRow row) {
    inFlight.incrementAndGet();
    dispatcher.resume(row.delivery(), inFlight::decrementAndGet);
  }
}

package dev.anton.dispatcher.lane;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A task that counts what happens to it, and fails the test if it overlaps another. */
final class CountedTask implements LaneTask {

  /** One attempt at a time, two in the queue, one slow one. */
  static final LaneSettings ONE_AT_A_TIME =
      new LaneSettings(
          1,
          1,
          4,
          2,
          Duration.ZERO,
          new LaneSettings.Breaker(100, 100, 100, Duration.ofHours(1), Duration.ofHours(1), 1));

  private final @Nullable String key;
  private final AtomicInteger running;
  private volatile @Nullable Lane lane;
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean overlapped;

  CountedTask(@Nullable String key, AtomicInteger running) {
    this.key = key;
    this.running = running;
  }

  @Override
  public @Nullable String orderKey() {
    return key;
  }

  @Override
  @SuppressWarnings(
      "NonAtomicOperationOnVolatileField") // by one thread at a time, or it is a fault
  public void start(Lane in) {
    if (running.incrementAndGet() > 1) {
      overlapped = true;
    }
    lane = in;
    starts.incrementAndGet();
  }

  @Override
  public void turnedAway(Refusal reason) {
    refusals.incrementAndGet();
  }

  /** Ends the attempt if there is one. */
  void finish(boolean wasSlow) {
    Lane in = lane;
    if (in != null) {
      if (!wasSlow) {
        running.decrementAndGet();
      }
      lane = null;
      in.finished(this, wasSlow, Verdict.HEALTHY, Duration.ofMillis(1));
    }
  }

  /** The attempt leaves its slot. */
  void beSlow() {
    Lane in = lane;
    if (in != null) {
      running.decrementAndGet();
      in.slow(this);
    }
  }

  int starts() {
    return starts.get();
  }

  int refusals() {
    return refusals.get();
  }

  /** Whether another was running when this one was started. */
  boolean overlapped() {
    return overlapped;
  }
}

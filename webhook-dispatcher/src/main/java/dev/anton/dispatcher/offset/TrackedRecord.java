package dev.anton.dispatcher.offset;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A record that was read, made of parts of which each becomes durable by itself. It is done when
 * all are.
 */
public final class TrackedRecord {

  private final InFlight inFlight;
  private final AtomicInteger remaining;
  private final long generation;
  private final long offset;
  private final int bytes;

  TrackedRecord(InFlight inFlight, long generation, long offset, int parts, int bytes) {
    this.inFlight = inFlight;
    this.generation = generation;
    this.offset = offset;
    this.remaining = new AtomicInteger(parts);
    this.bytes = bytes;
    inFlight.add(parts, bytes);
  }

  /**
   * One part is durable. Any thread may say so, once per part.
   *
   * @throws IllegalStateException if there are no parts left: something was acknowledged twice
   */
  public void partDone() {
    int left = remaining.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("Offset " + offset + " was acknowledged too often");
    }
    inFlight.partDone();
    if (left == 0) {
      inFlight.recordDone(bytes);
    }
  }

  public long offset() {
    return offset;
  }

  /** The assignment it was read in. */
  public long generation() {
    return generation;
  }

  public boolean isDone() {
    return remaining.get() == 0;
  }
}

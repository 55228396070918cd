package dev.anton.dispatcher.offset;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The records of one partition in one assignment, in the order in which they were read.
 *
 * <pre>
 *   read:       10  11  13  14  17        (12, 15, 16 are gaps)
 *   done:        x   x       x
 *   committable: 12 — behind the done prefix, so that 13 is read again after a crash
 * </pre>
 *
 * <p>The thread that polls is the only one to call it; records are acknowledged from anywhere. An
 * acknowledgement reaches the record itself, and a record belongs to one assignment: what comes
 * late for an older one finds a tracker that nobody reads any more.
 */
public final class OffsetTracker {

  private final InFlight inFlight;
  private final long generation;
  private final Deque<TrackedRecord> open = new ArrayDeque<>();
  private long committable;
  private long end;

  /**
   * @param start the first offset to be read
   */
  public OffsetTracker(InFlight inFlight, long generation, long start) {
    this.inFlight = inFlight;
    this.generation = generation;
    this.committable = start;
    this.end = start;
  }

  /**
   * Takes a record in.
   *
   * @param parts what has to become durable before it is done; at least 1
   * @throws IllegalArgumentException if a later record was taken in before
   */
  public TrackedRecord track(long offset, int parts, int bytes) {
    if (offset < end || parts < 1) {
      throw new IllegalArgumentException(
          "Offset " + offset + " with " + parts + " parts cannot follow up to " + end);
    }
    TrackedRecord record = new TrackedRecord(inFlight, generation, offset, parts, bytes);
    open.addLast(record);
    end = offset + 1;
    return record;
  }

  /** The next offset that must be read after a crash now; it never goes back. */
  public long committable() {
    for (TrackedRecord head = open.peekFirst();
        head != null && head.isDone();
        head = open.peekFirst()) {
      open.removeFirst();
      committable = head.offset() + 1;
    }
    return committable;
  }

  /** Whether all that was read is done. */
  public boolean isDrained() {
    committable();
    return open.isEmpty();
  }

  /** Offsets from the first that is not done to the last that was read, gaps included. */
  public long span() {
    return end - committable();
  }

  /** The offset behind the last record that was taken in. */
  public long end() {
    return end;
  }

  public long generation() {
    return generation;
  }
}

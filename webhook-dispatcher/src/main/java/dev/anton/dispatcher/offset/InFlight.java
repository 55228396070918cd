package dev.anton.dispatcher.offset;

import java.util.concurrent.atomic.AtomicLong;

/** What was read and is not yet durable, over all partitions, those that were revoked included. */
public final class InFlight {

  private final AtomicLong parts = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Deliveries and journal rows. */
  public long parts() {
    return parts.get();
  }

  public long bytes() {
    return bytes.get();
  }

  void add(int moreParts, int moreBytes) {
    parts.addAndGet(moreParts);
    bytes.addAndGet(moreBytes);
  }

  void partDone() {
    parts.decrementAndGet();
  }

  void recordDone(int freedBytes) {
    bytes.addAndGet(-freedBytes);
  }
}

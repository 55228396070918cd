package dev.anton.dispatcher.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts requests that were handed to the client and that no event loop has begun to send. Their
 * number says how busy this process is, whatever endpoints make of what was sent. A host that
 * cannot be connected to counts for little of it.
 */
final class UnsentRequests {

  /** Of one host: a few milliseconds' worth. What is more waits for its connections, not for us. */
  private static final int PER_HOST = 64;

  /** Hosts that fall into one slot share its bound: that costs a little throughput at worst. */
  private static final int SLOTS = 4096;

  private final AtomicIntegerArray bySlot = new AtomicIntegerArray(SLOTS);
  private final AtomicInteger total = new AtomicInteger();

  /** Where a host's requests are counted. */
  static int slot(String host) {
    int hash = host.hashCode();
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  void add(int slot) {
    if (bySlot.incrementAndGet(slot) <= PER_HOST) {
      total.incrementAndGet();
    }
  }

  void remove(int slot) {
    int left = bySlot.decrementAndGet(slot);
    if (left < 0) {
      throw new IllegalStateException("A request was sent that had not waited");
    }
    if (left < PER_HOST) {
      total.decrementAndGet();
    }
  }

  /** Waiting requests, of one host at most {@value #PER_HOST}. */
  int total() {
    return total.get();
  }
}

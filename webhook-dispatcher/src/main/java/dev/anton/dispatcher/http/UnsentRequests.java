package dev.anton.dispatcher.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests that were handed to the client and that no event loop has begun to send. Their
 * number says how busy this process is, whatever endpoints make of what was sent. A host that
 * cannot be connected to counts for little of it.
 */
final class UnsentRequests {

  /** Of one host: a few milliseconds' worth. What is more waits for its connections, not for us. */
  private static final int PER_HOST = 64;

  private final ConcurrentHashMap<String, Integer> byHost = new ConcurrentHashMap<>();
  private final AtomicInteger total = new AtomicInteger();

  void add(String host) {
    int now = byHost.merge(host, 1, Integer::sum);
    if (now <= PER_HOST) {
      total.incrementAndGet();
    }
  }

  void remove(String host) {
    Integer left = byHost.computeIfPresent(host, (_, count) -> count - 1);
    if (left == null) {
      throw new IllegalStateException("A request was sent that had not waited");
    }
    if (left < PER_HOST) {
      total.decrementAndGet();
    }
    if (left == 0) {
      byHost.remove(host, 0);
    }
  }

  /** Waiting requests, of one host at most {@value #PER_HOST}. */
  int total() {
    return total.get();
  }
}

package dev.anton.executor.run;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The places in which nodes run, shared by all executions of this replica. */
final class NodeSlots {

  private final AtomicInteger free;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  NodeSlots(int slots) {
    this.free = new AtomicInteger(slots);
  }

  /** Takes up to {@code wanted} slots and answers how many. */
  int take(int wanted) {
    if (wanted == 0) {
      return 0;
    }
    int before = free.getAndUpdate(now -> now - Math.min(now, wanted));
    return Math.min(before, wanted);
  }

  void give(int slots) {
    if (slots > 0) {
      free.addAndGet(slots);
      passOn();
    }
  }

  int free() {
    return free.get();
  }

  /** Calls once when there may be a free slot; those who wait longest are called first. */
  void whenFree(Runnable call) {
    waiting.add(call);
    // A slot may have been given back between the failed take and this.
    passOn();
  }

  /**
   * Calls those who wait, if there is something for them: who was called may not have needed it.
   */
  void passOn() {
    for (int i = free.get(); i > 0; i--) {
      Runnable call = waiting.poll();
      if (call == null) {
        return;
      }
      call.run();
    }
  }
}

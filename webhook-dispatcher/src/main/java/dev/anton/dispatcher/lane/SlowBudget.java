package dev.anton.dispatcher.lane;

import java.util.concurrent.atomic.AtomicInteger;

/** Attempts that hang, over all lanes. */
final class SlowBudget {

  private final int limit;
  private final AtomicInteger used = new AtomicInteger();

  SlowBudget(int limit) {
    this.limit = limit;
  }

  void take() {
    used.incrementAndGet();
  }

  void giveBack() {
    used.decrementAndGet();
  }

  boolean isUsedUp() {
    return used.get() >= limit;
  }

  int used() {
    return used.get();
  }
}

package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Delivery;

/** Learns where a line of ordered deliveries has changed. */
@FunctionalInterface
public interface TurnListener {

  /**
   * This delivery is durably in line, or final: it may be its turn, or that of the next. Told after
   * the commit, on the journal's thread, and must not block.
   */
  void mayBeNext(Delivery delivery);
}

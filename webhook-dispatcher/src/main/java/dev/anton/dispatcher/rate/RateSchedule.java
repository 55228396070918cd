package dev.anton.dispatcher.rate;

import java.util.List;
import java.util.Map;

/**
 * Gives out tokens. Each is a moment of its own on the subscription's schedule and belongs to one
 * replica: however many ask, however often, the moments are {@code 1 / rate} apart. (A generic cell
 * rate algorithm whose cells are reserved.)
 */
interface RateSchedule {

  /** A subscription's wish; of each subscription there is one at a time. */
  record Wish(String subscriptionId, int rate, int tokens) {}

  /**
   * Tokens that this replica has now.
   *
   * @param firstInNanos when the first may be used, from now
   */
  record Grant(int tokens, long firstInNanos) {}

  /** Leases tokens. Who gets none is not in the answer. */
  Map<String, Grant> lease(List<Wish> wishes);

  /** Forgets schedules that nobody has asked for within the last hour. */
  void forget();
}

package dev.anton.dispatcher.consume;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the group still counts on this replica, as far as it can know. Whoever stood still for
 * longer than the group waits (a frozen process, a long pause of the collector) wakes up with
 * records in hand that others have delivered meanwhile, and the client hands them out before it
 * hears of it. So after a gap between polls nothing is handed out until the coordinator has said
 * that the assignment holds. Touched by the polling thread only.
 */
final class Membership {

  /**
   * Longer than anything takes between two polls, shorter than the group waits: 10 s from the last
   * heartbeat, which may be 3 s older than the last poll.
   */
  static final Duration DOUBTFUL_AFTER = Duration.ofSeconds(5);

  private final LongSupplier nanoClock;
  private long polledAt;
  private boolean doubtful;

  Membership(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.polledAt = nanoClock.getAsLong();
  }

  /** A poll has returned. */
  void polled() {
    long now = nanoClock.getAsLong();
    doubtful |= now - polledAt > DOUBTFUL_AFTER.toNanos();
    polledAt = now;
  }

  /** The coordinator has taken something from us as a member of the current generation. */
  void confirmed() {
    doubtful = false;
    polledAt = nanoClock.getAsLong();
  }

  /** Whether what was read may be handed out now; asked for each record. */
  boolean isCertain() {
    return !doubtful && nanoClock.getAsLong() - polledAt <= DOUBTFUL_AFTER.toNanos();
  }
}

package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what is parked for subscriptions that were deleted, paused or disabled, without waiting
 * for its due time: it makes the rows due, and the dispatcher finds that they are not to be sent.
 */
final class ParkedSweep {

  private static final Logger log = LoggerFactory.getLogger(ParkedSweep.class);

  /** Rows of one subscription at a time: a transaction of some milliseconds. */
  private static final int BATCH = 1000;

  private final ParkedRows rows;
  private final SubscriptionIndex index;
  private final ParkingSettings settings;

  ParkedSweep(ParkedRows rows, SubscriptionIndex index, ParkingSettings settings) {
    this.rows = rows;
    this.index = index;
    this.settings = settings;
  }

  /** Looks through all subscriptions with anything parked, and says when to do so again. */
  Duration round() {
    if (index.isLoaded()) {
      rows.subscriptions().stream().filter(this::isNotDeliveredTo).forEach(this::settle);
    }
    return settings.sweepInterval();
  }

  private boolean isNotDeliveredTo(String subscriptionId) {
    Optional<Subscription> found = index.find(subscriptionId);
    return found.isEmpty() || found.get().status() != SubscriptionStatus.ACTIVE;
  }

  private void settle(String subscriptionId) {
    int hurried = rows.hurry(subscriptionId, settings.sweepAge(), BATCH);
    if (hurried > 0) {
      log.info("{} deliveries parked for {} are not to be sent any more", hurried, subscriptionId);
    }
  }
}

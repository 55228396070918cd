package dev.anton.dispatcher.ordering;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.parking.ParkingSettings;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the waiting of what is behind for a subscription that is not delivered to any more, or that
 * is not ordered any more. The firsts of its lines are left to the sweep of all that is parked.
 * What is younger than the age that the sweep goes by is left alone: this replica may not have
 * heard yet of what its subscription has become.
 */
final class OrderedSweep {

  private static final Logger log = LoggerFactory.getLogger(OrderedSweep.class);

  /** Rows of one subscription at a time: a transaction of some milliseconds. */
  private static final int BATCH = 1000;

  /** Batches of one subscription before the others get their turn. */
  private static final int BATCHES = 10;

  private final OrderedRows rows;
  private final SubscriptionIndex index;
  private final ParkingSettings settings;

  OrderedSweep(OrderedRows rows, SubscriptionIndex index, ParkingSettings settings) {
    this.rows = rows;
    this.index = index;
    this.settings = settings;
  }

  /** Looks through all subscriptions with anything in line, and says when to do so again. */
  Duration round() {
    boolean more = false;
    if (index.isLoaded()) {
      for (String subscription : rows.subscriptions()) {
        more |= sweep(subscription, index.find(subscription));
      }
    }
    return more ? Duration.ZERO : settings.sweepInterval();
  }

  /** Whether there may be more of it. */
  private boolean sweep(String id, Optional<Subscription> found) {
    Duration age = settings.sweepAge();
    if (found.isEmpty()) {
      return inBatches(id, () -> rows.skip(id, "the subscription was deleted", age, BATCH));
    }
    Subscription subscription = found.get();
    if (subscription.status() != SubscriptionStatus.ACTIVE) {
      return inBatches(id, () -> rows.skip(id, Dispatcher.inactive(subscription), age, BATCH));
    }
    return !subscription.ordered() && inBatches(id, () -> rows.release(id, age, BATCH));
  }

  private static boolean inBatches(String id, IntSupplier batch) {
    int total = 0;
    int changed = BATCH;
    for (int i = 0; i < BATCHES && changed == BATCH; i++) {
      changed = batch.getAsInt();
      total += changed;
    }
    if (total > 0) {
      log.info("{} deliveries that stood in line for {} do not any more", total, id);
    }
    return changed == BATCH;
  }
}

package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.kafka.EventRecord;
import java.util.List;
import java.util.Optional;

/** All subscriptions of all tenants in memory; reads never block and never touch the database. */
public interface SubscriptionIndex {

  /**
   * The subscriptions an event goes to, those that are paused or disabled included: their
   * deliveries are recorded as skipped.
   */
  List<Subscription> match(EventRecord event);

  /** The newest snapshot of a subscription; empty once it was deleted. */
  Optional<Subscription> find(String id);

  /**
   * Whether what was matched before this call may be relied on: the others still wait for this
   * replica with their changes. To be asked after the match; while it is false, events wait.
   */
  default boolean isCurrent() {
    return true;
  }

  /** Whether all subscriptions were read at least once; nothing is consumed before. */
  boolean isLoaded();
}

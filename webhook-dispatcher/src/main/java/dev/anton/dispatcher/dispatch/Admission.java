package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.lane.Pace;
import dev.anton.dispatcher.lane.Refusal;
import dev.anton.dispatcher.lane.TenantBudget;
import dev.anton.dispatcher.rate.Rates;
import dev.anton.dispatcher.subscription.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Who gets into an endpoint's lane. First attempts count against their tenant's share until they
 * are answered, parked or slow; what is parked has a budget of its own, at those who claim it.
 */
final class Admission {

  private final Lanes lanes;
  private final Rates rates;
  private final TenantBudget firstAttempts;

  /**
   * @param firstAttempts that may be under way
   */
  Admission(Lanes lanes, Rates rates, TenantBudget firstAttempts) {
    this.lanes = lanes;
    this.rates = rates;
    this.firstAttempts = firstAttempts;
  }

  @Nullable Pace pace(@Nullable Subscription subscription) {
    return subscription == null ? null : rates.pace(subscription);
  }

  /** Sends a first attempt, or a parked delivery that is due, into its lane, or turns it away. */
  void admit(Flight flight, Delivery delivery, @Nullable Subscription subscription) {
    if (!delivery.isParked()) {
      String tenant = tenant(delivery);
      boolean beyondShare = firstAttempts.left(tenant) == 0;
      firstAttempts.take(tenant);
      if (beyondShare) {
        flight.turnedAway(Refusal.TENANT_SHARE);
        return;
      }
    }
    if (subscription != null && rates.isBehind(subscription)) {
      flight.turnedAway(Refusal.OVER_RATE);
      return;
    }
    admitClaimed(flight, delivery);
  }

  /** Sends a parked delivery into its lane, whose room and tokens its claim went by. */
  void admitClaimed(Flight flight, Delivery delivery) {
    lanes.offer(delivery.subscriptionId(), tenant(delivery), flight);
  }

  /** It does not count against its tenant's share any more, if it did. */
  void left(Delivery delivery) {
    if (!delivery.isParked()) {
      firstAttempts.giveBack(tenant(delivery));
    }
  }

  private static String tenant(Delivery delivery) {
    return delivery.inbound().event().tenant().id();
  }
}

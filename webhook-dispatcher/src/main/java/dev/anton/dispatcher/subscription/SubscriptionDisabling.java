package dev.anton.dispatcher.subscription;

/** How the delivery engine takes a subscription out of service. */
public interface SubscriptionDisabling {

  /**
   * Disables an active subscription and announces it with {@code webhook.disabled}, both or
   * neither. A subscription that is not active, or no longer there, stays as it is.
   *
   * @param reason one sentence for the subscription's owner
   */
  void disable(String subscriptionId, String reason);
}

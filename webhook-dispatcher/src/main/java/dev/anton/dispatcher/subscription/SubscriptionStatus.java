package dev.anton.dispatcher.subscription;

/** Whether a subscription is delivered to; only {@link #ACTIVE} ones are. */
public enum SubscriptionStatus {
  ACTIVE,
  /** A client asked for it; deliveries are recorded as skipped. */
  PAUSED,
  /** The dispatcher gave up on the endpoint; deliveries are recorded as skipped. */
  DISABLED
}

package dev.anton.dispatcher.lane;

/** Why a lane does not take a task now. */
public enum Refusal {
  /** As many wait as may. */
  FULL("the endpoint's lane is full"),
  /** Too many attempts hang. */
  SLOW("the endpoint is slow"),
  /** The circuit breaker is open. */
  BREAKER_OPEN("the endpoint keeps failing; its circuit breaker is open"),
  /** More than the subscription's rate allows. */
  OVER_RATE("the subscription's maxRatePerSecond is reached"),
  /** More than one tenant may have under way while others need room. */
  TENANT_SHARE("the tenant has as many deliveries under way as it may");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  /** For the subscription's owner. */
  public String reason() {
    return reason;
  }
}

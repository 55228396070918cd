package dev.anton.dispatcher.dispatch;

import java.time.Instant;

/** What becomes of a delivery after an attempt. */
sealed interface Decision {

  /** It arrived. */
  record Arrived() implements Decision {}

  /** It is tried again. */
  record TryAgain(Instant at, String reason) implements Decision {}

  /** There are no attempts left. */
  record GiveUp(String reason) implements Decision {}

  /** The endpoint wants no more deliveries, this one and all others. */
  record EndpointGone(String reason) implements Decision {}
}

package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import java.time.Duration;

/** Learns how an exchange goes. Its methods run on the client's threads and must not block. */
public interface ExchangeListener {

  /**
   * The answer is late, though there is time left; called at most once, never after the outcome.
   */
  void slow();

  /** The exchange is over; called exactly once. */
  void ended(Outcome outcome, Duration duration);
}

package dev.anton.dispatcher.deadletter;

import dev.anton.dispatcher.parking.ParkedRow;
import dev.anton.dispatcher.parking.ParkedRows;
import java.time.Duration;
import java.util.List;

/** Looks for exhausted deliveries. */
final class DeadLetterPoller {

  /** Nobody waits for a dead letter. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private static final int CLAIM = 200;

  private final ParkedRows rows;
  private final DeadLetterPublisher publisher;

  DeadLetterPoller(ParkedRows rows, DeadLetterPublisher publisher) {
    this.rows = rows;
    this.publisher = publisher;
  }

  /** Publishes some of what is exhausted, and says when to look again. */
  Duration round() {
    List<ParkedRow> exhausted = rows.claimExhausted(CLAIM);
    if (!exhausted.isEmpty()) {
      publisher.publish(exhausted);
    }
    return exhausted.size() == CLAIM ? Duration.ZERO : INTERVAL;
  }
}

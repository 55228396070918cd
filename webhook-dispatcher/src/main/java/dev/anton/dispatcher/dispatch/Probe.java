package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.http.ExchangeListener;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One attempt that a person waits for: rendered, signed and sent as any other, but past the lanes,
 * neither journaled nor repeated.
 */
public final class Probe {

  private final AttemptSender sender;
  private final Clock clock;

  Probe(AttemptSender sender, Clock clock) {
    this.sender = sender;
    this.clock = clock;
  }

  /** Sends the event at once; the result is there within the deadline of an exchange. */
  public CompletableFuture<Attempt> send(EventRecord event, Subscription subscription) {
    Instant now = clock.instant();
    CompletableFuture<Attempt> result = new CompletableFuture<>();
    sender.send(
        subscription.id(),
        Requests.of(event, subscription, Ids.delivery(), 1, now),
        new ExchangeListener() {
          @Override
          public void slow() {}

          @Override
          public void ended(Outcome outcome, Duration duration) {
            result.complete(new Attempt(1, now, duration, outcome));
          }
        });
    return result;
  }
}

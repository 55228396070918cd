package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.health.EndpointHealth;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.journal.Parking;
import dev.anton.dispatcher.lane.Refusal;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.id.Ids;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what became of a delivery, whether it has a row already or not. */
final class Conclusions {

  private static final Logger log = LoggerFactory.getLogger(Conclusions.class);

  private final Journal journal;
  private final GoneEndpoints goneEndpoints;
  private final EndpointHealth health;
  private final DispatchMetrics metrics;
  private final Clock clock;
  private final Decisions decisions = new Decisions();

  Conclusions(
      Journal journal,
      GoneEndpoints goneEndpoints,
      EndpointHealth health,
      DispatchMetrics metrics,
      Clock clock) {
    this.journal = journal;
    this.goneEndpoints = goneEndpoints;
    this.health = health;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** After an attempt. */
  void attempted(Delivery delivery, Subscription subscription, Attempt attempt, Receipt receipt) {
    metrics.attempted(attempt);
    health.attempted(subscription, attempt);
    switch (decisions.decide(attempt, subscription.retry())) {
      case Decision.Arrived arrived -> {
        metrics.arrived(delivery, attempt);
        journal.append(
            delivery.isParked()
                ? new JournalEntry.Delivered(delivery, attempt, receipt)
                : new JournalEntry.DeliveredAtOnce(delivery, attempt, receipt));
      }
      case Decision.TryAgain again -> {
        log(delivery, attempt, "next at " + again.at());
        park(delivery, attempt, Parking.due(again.at(), again.reason()), receipt);
      }
      case Decision.GiveUp giveUp -> {
        log(delivery, attempt, "no attempts left");
        metrics.count("exhausted");
        Parking parking = Parking.exhausted(clock.instant(), Ids.deadLetter(), giveUp.reason());
        park(delivery, attempt, parking, receipt);
      }
      case Decision.EndpointGone gone -> {
        log(delivery, attempt, "its subscription is disabled");
        goneEndpoints.disable(delivery.subscriptionId(), gone.reason());
        skip(delivery, attempt, gone.reason(), receipt);
      }
    }
  }

  /** It waits for its endpoint without having used up an attempt. */
  void waiting(Delivery delivery, Refusal refusal, Receipt receipt) {
    metrics.turnedAway(refusal);
    park(delivery, null, Parking.waiting(clock.instant(), refusal.reason()), receipt);
  }

  /** It stands in line; that it does is how an ordered delivery begins. */
  void behind(Delivery delivery, Receipt receipt) {
    journal.append(
        new JournalEntry.Parked(delivery, null, Parking.behind(clock.instant()), receipt));
  }

  /** It must not be attempted; a replay finds it. */
  void skip(Delivery delivery, @Nullable Attempt attempt, String reason, Receipt receipt) {
    metrics.count("skipped");
    journal.append(
        delivery.isParked()
            ? new JournalEntry.Skipped(delivery, attempt, reason, receipt)
            : new JournalEntry.SkippedAtOnce(delivery, attempt, reason, receipt));
  }

  void park(Delivery delivery, @Nullable Attempt attempt, Parking parking, Receipt receipt) {
    metrics.count("parked");
    journal.append(
        delivery.isParked()
            ? new JournalEntry.ParkedAgain(delivery, attempt, parking, receipt)
            : new JournalEntry.Parked(delivery, attempt, parking, receipt));
  }

  private static void log(Delivery delivery, Attempt attempt, String consequence) {
    log.debug(
        "Attempt {} of delivery {} to {} failed ({}); {}",
        attempt.number(),
        delivery.id(),
        delivery.subscriptionId(),
        attempt.outcome().error(),
        consequence);
  }
}

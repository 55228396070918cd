package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.http.ExchangeListener;
import dev.anton.dispatcher.http.WebhookRequest;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.journal.Parking;
import dev.anton.dispatcher.lane.Lane;
import dev.anton.dispatcher.lane.LaneTask;
import dev.anton.dispatcher.lane.Pace;
import dev.anton.dispatcher.lane.Refusal;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt from the moment its lane knows of it until its outcome is in the journal.
 *
 * <p>The lane starts it; from then on the client's threads call it, one after another: {@link
 * #slow} at most once, then {@link #ended} once.
 */
final class Flight implements LaneTask, ExchangeListener {

  private final Dispatcher dispatcher;
  private final @Nullable Pace pace;
  private Delivery delivery;
  private Receipt receipt;
  private boolean slow;

  /** When its row was leased; of deliveries in line only, which must not outlast their lease. */
  private final long leasedNanos;

  // Set when it starts.
  private @Nullable Lane lane;
  private @Nullable Subscription subscription;
  private Instant startedAt = Instant.EPOCH;

  /**
   * @param pace of a subscription that has a rate
   * @param receipt told when the delivery is durable: from a crash after that it recovers without
   *     its record being read again
   */
  Flight(Dispatcher dispatcher, Delivery delivery, @Nullable Pace pace, Receipt receipt) {
    this.dispatcher = dispatcher;
    this.delivery = delivery;
    this.pace = pace;
    this.receipt = receipt;
    this.leasedNanos = delivery.isInLine() ? System.nanoTime() : 0;
  }

  @Override
  public @Nullable String orderKey() {
    return delivery.attemptsUsed() == 0 ? delivery.inbound().event().key() : null;
  }

  @Override
  public @Nullable Pace pace() {
    return pace;
  }

  @Override
  public void start(Lane lane) {
    if (delivery.isInLine() && dispatcher.mayOutlastLease(leasedNanos)) {
      // Another replica may have taken the row over by then, and sent the next in line.
      lane.released(this);
      later(Parking.due(dispatcher.clock().instant(), "it waited too long for a slot"));
      return;
    }
    Optional<Subscription> found = dispatcher.index().find(delivery.subscriptionId());
    if (found.isEmpty()) {
      lane.released(this);
      withoutSubscription();
      return;
    }
    Subscription current = found.get();
    if (current.status() != SubscriptionStatus.ACTIVE) {
      lane.released(this);
      skip(Dispatcher.inactive(current));
      return;
    }
    this.lane = lane;
    subscription = current;
    startedAt = dispatcher.clock().instant();
    WebhookRequest request;
    try {
      request =
          Requests.of(
              delivery.inbound().event(), current, delivery.id(), attemptNumber(), startedAt);
    } catch (RuntimeException e) {
      Dispatcher.log.error("Delivery {} could not be rendered", delivery.id(), e);
      ended(new Outcome.ConnectionFailed("The delivery could not be rendered"), Duration.ZERO);
      return;
    }
    dispatcher.sender().send(current.id(), request, this);
  }

  @Override
  public void turnedAway(Refusal reason) {
    dispatcher.conclusions().waiting(delivery, reason, receipt);
    dispatcher.landed(delivery);
  }

  @Override
  public void slow() {
    slow = true;
    if (!delivery.isParked()) {
      // Leased by this replica: should it die, another makes the attempt again.
      Instant leaseEnd = startedAt.plus(dispatcher.lease());
      Parking parking = Parking.leased(leaseEnd, dispatcher.replica());
      dispatcher.conclusions().park(delivery, null, parking, receipt);
      dispatcher.leftShare(delivery);
      delivery = delivery.leased(Parking.FIRST_TOKEN);
      receipt = Receipt.NONE;
    }
    lane().slow(this);
  }

  @Override
  public void ended(Outcome outcome, Duration duration) {
    if (dispatcher.isStopped()) {
      // The exchange was cut off by us and says nothing; its record or its lease brings it back.
      return;
    }
    lane().finished(this, slow, Decisions.verdict(outcome), duration);
    Subscription used = subscription;
    if (used == null) {
      throw new IllegalStateException("An attempt ended that had not started");
    }
    Attempt attempt = new Attempt(attemptNumber(), startedAt, duration, outcome);
    dispatcher.conclusions().attempted(delivery, used, attempt, receipt);
    dispatcher.landed(delivery);
  }

  /**
   * It was deleted, unless this replica has not heard of it yet: then the delivery was parked by
   * another only just now.
   */
  private void withoutSubscription() {
    Instant now = dispatcher.clock().instant();
    if (delivery.isParked() && delivery.createdAt().isAfter(now.minus(Dispatcher.NEWS))) {
      later(Parking.due(now.plus(Dispatcher.NEWS), "the subscription is not known here"));
    } else {
      skip("the subscription was deleted");
    }
  }

  private void later(Parking parking) {
    dispatcher.conclusions().park(delivery, null, parking, receipt);
    dispatcher.landed(delivery);
  }

  private void skip(String reason) {
    dispatcher.conclusions().skip(delivery, null, reason, receipt);
    dispatcher.landed(delivery);
  }

  private Lane lane() {
    Lane current = lane;
    if (current == null) {
      throw new IllegalStateException("An attempt goes on that had not started");
    }
    return current;
  }

  private int attemptNumber() {
    return delivery.attemptsUsed() + 1;
  }
}

package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.schemas.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends deliveries through their endpoints' lanes. */
public final class Dispatcher {

  static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Within this time every replica has heard of a change, many times over. */
  static final Duration NEWS = Duration.ofSeconds(5);

  private final SubscriptionIndex index;
  private final Admission admission;
  private final AttemptSender sender;
  private final Conclusions conclusions;
  private final LeaseClock time;
  private final String replica = Ids.next("dsp_");
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean stopped;

  Dispatcher(
      SubscriptionIndex index,
      Admission admission,
      AttemptSender sender,
      Conclusions conclusions,
      LeaseClock time) {
    this.index = index;
    this.admission = admission;
    this.sender = sender;
    this.conclusions = conclusions;
    this.time = time;
  }

  /**
   * Sends an event to one of the subscriptions that it matches.
   *
   * @param receipt told when the delivery is durable
   */
  public void deliver(InboundEvent inbound, Subscription subscription, Receipt receipt) {
    Delivery delivery = Delivery.first(subscription.id(), inbound, clock().instant());
    if (subscription.status() != SubscriptionStatus.ACTIVE) {
      conclusions.skip(delivery, null, inactive(subscription), receipt);
    } else if (subscription.ordered()) {
      inOrder(delivery.inLine(), subscription, receipt);
    } else {
      admission.admit(takeOff(delivery, subscription, receipt), delivery, subscription);
    }
  }

  /**
   * Records that an event does not go to one of its subscriptions; a replay finds it.
   *
   * @param reason for the subscription's owner
   * @param receipt told when that is durable
   */
  public void skip(
      InboundEvent inbound, Subscription subscription, String reason, Receipt receipt) {
    Delivery delivery = Delivery.first(subscription.id(), inbound, clock().instant());
    conclusions.skip(delivery, null, reason, receipt);
  }

  /**
   * Makes the next attempt of a parked delivery that is due and whose row this replica has leased.
   *
   * @param receipt told when its outcome is durable
   */
  public void resume(Delivery delivery, Receipt receipt) {
    Subscription subscription = index.find(delivery.subscriptionId()).orElse(null);
    admission.admit(takeOff(delivery, subscription, receipt), delivery, subscription);
  }

  /**
   * The same for one that waited for its endpoint's room, or for its rate, and was claimed because
   * there is some.
   *
   * @param receipt told when its outcome is durable
   */
  public void resumeWaiting(Delivery delivery, Receipt receipt) {
    Subscription subscription = index.find(delivery.subscriptionId()).orElse(null);
    admission.admitClaimed(takeOff(delivery, subscription, receipt), delivery);
  }

  /** Attempts that are under way or wait in a lane. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The name under which this process leases rows. */
  public String replica() {
    return replica;
  }

  /** How long a row is leased for an attempt. */
  public Duration lease() {
    return time.lease();
  }

  /** Whether an attempt that starts now may outlast the lease that a row had been given then. */
  boolean mayOutlastLease(long leasedNanos) {
    // Half of a lease is the longest attempt.
    return System.nanoTime() - leasedNanos > time.lease().toNanos() / 2;
  }

  /** From now on, outcomes are written down; a context may be stopped and started again. */
  public void start() {
    stopped = false;
  }

  /** From now on, outcomes are not written down: the exchanges are about to be cut off. */
  public void stop() {
    stopped = true;
  }

  /** It was answered, or is not attempted now. */
  void landed(Delivery delivery) {
    inFlight.decrementAndGet();
    admission.left(delivery);
  }

  /** It is about to have a row: what is slow counts elsewhere. */
  void leftShare(Delivery delivery) {
    admission.left(delivery);
  }

  boolean isStopped() {
    return stopped;
  }

  SubscriptionIndex index() {
    return index;
  }

  AttemptSender sender() {
    return sender;
  }

  Conclusions conclusions() {
    return conclusions;
  }

  Clock clock() {
    return time.clock();
  }

  /** First into line; whoever finds that it is its turn sends it. */
  private void inOrder(Delivery delivery, Subscription subscription, Receipt receipt) {
    if (delivery.isInLine()) {
      conclusions.behind(delivery, receipt);
    } else {
      admission.admit(takeOff(delivery, subscription, receipt), delivery, subscription);
    }
  }

  private Flight takeOff(Delivery delivery, @Nullable Subscription subscription, Receipt receipt) {
    inFlight.incrementAndGet();
    return new Flight(this, delivery, admission.pace(subscription), receipt);
  }

  /** Why a subscription is not delivered to, for its owner. */
  public static String inactive(Subscription subscription) {
    return subscription.status() == SubscriptionStatus.PAUSED
        ? "the subscription is paused"
        : "the subscription is disabled";
  }
}

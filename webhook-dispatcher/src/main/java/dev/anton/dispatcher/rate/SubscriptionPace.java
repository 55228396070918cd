package dev.anton.dispatcher.rate;

import dev.anton.dispatcher.lane.Pace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One subscription's tokens in this replica. It leases only what something waits for, so that none
 * is kept from a replica that has more to send, and wants more as soon as the lane does.
 *
 * <p>While deliveries are parked because the rate was reached, the subscription is {@link #isBehind
 * behind}: all others park too, and what is parked goes first.
 */
final class SubscriptionPace implements Pace {

  /** By then, what is parked now can be read in the database. */
  private static final long ON_ITS_WAY = Duration.ofMillis(200).toNanos();

  private final String subscriptionId;
  private final Rates rates;
  private final Deque<Tokens> leased = new ArrayDeque<>();
  private int held;
  private int wanted;
  private boolean answered;
  private long behindSince;
  private long refusedUntil;
  private long usedAt;
  private @Nullable Runnable again;
  private volatile int rate = 1;
  private volatile boolean behind;

  /** Tokens of one lease that are left; times as the replica's clock has them. */
  private static final class Tokens {
    private final long gap;
    private long next;
    private int left;

    private Tokens(long next, long gap, int left) {
      this.next = next;
      this.gap = gap;
      this.left = left;
    }
  }

  SubscriptionPace(String subscriptionId, Rates rates) {
    this.subscriptionId = subscriptionId;
    this.rates = rates;
    this.usedAt = rates.now();
    this.refusedUntil = usedAt;
  }

  @Override
  public synchronized boolean tryStart(int ready, Runnable again) {
    long now = rates.now();
    usedAt = now;
    lapse(now);
    Tokens next = leased.peekFirst();
    if (next != null && next.next - now <= 0) {
      take(next);
      return true;
    }
    this.again = again;
    boolean first = wanted == 0;
    wanted = Math.max(0, ready - held);
    rates.await(this, first && wanted > 0);
    return false;
  }

  @Override
  public synchronized int keep(int ready) {
    if (rates.now() - refusedUntil >= 0) {
      return ready; // the next lease tells
    }
    wanted = 0;
    int kept = Math.min(held, ready);
    if (kept < ready) {
      fallBehind();
    }
    return kept;
  }

  /** Whether deliveries are parked that go first. */
  boolean isBehind() {
    return behind;
  }

  synchronized void fallBehind() {
    if (!behind) {
      behind = true;
      behindSince = rates.now();
      rates.behind(this);
    }
  }

  /**
   * What was parked is on its way.
   *
   * @return false if something may be about to be parked still
   */
  synchronized boolean catchUp() {
    if (behind && rates.now() - behindSince > ON_ITS_WAY) {
      behind = false;
    }
    return !behind;
  }

  String subscriptionId() {
    return subscriptionId;
  }

  int rate() {
    return rate;
  }

  /** It is about to be used, with the rate that its subscription has now. */
  synchronized void use(int currentRate) {
    rate = currentRate;
    usedAt = rates.now();
  }

  /** Tokens that were leased and can still be used. */
  synchronized int held() {
    lapse(rates.now());
    return held;
  }

  synchronized int wanted() {
    return wanted;
  }

  /** The lease that this replica has asked for. */
  synchronized void granted(RateSchedule.@Nullable Grant grant, int asked) {
    long now = rates.now();
    int got = 0;
    if (grant != null && grant.tokens() > 0) {
      got = grant.tokens();
      leased.addLast(new Tokens(now + grant.firstInNanos(), 1_000_000_000L / rate, got));
      held += got;
    }
    wanted = Math.max(0, wanted - got);
    answered = true;
    if (got < asked) {
      refusedUntil = now + rates.interval();
    }
  }

  /** What is to be run now, if anything is; it is forgotten then. */
  synchronized @Nullable Runnable due(long now) {
    Tokens first = leased.peekFirst();
    boolean useful = answered || (first == null ? wanted == 0 : first.next - now <= 0);
    if (again == null || !useful) {
      return null;
    }
    Runnable run = again;
    again = null;
    answered = false;
    rates.rest(this);
    return run;
  }

  /** When a token can be used, if something waits for it. */
  synchronized long nextToken(long otherwise) {
    Tokens first = leased.peekFirst();
    return again == null || first == null ? otherwise : first.next;
  }

  synchronized boolean isIdle(long now, long idle) {
    return again == null && !behind && now - usedAt > idle;
  }

  private void take(Tokens tokens) {
    tokens.next += tokens.gap;
    tokens.left--;
    held--;
    if (tokens.left == 0) {
      leased.removeFirst();
    }
  }

  /** Forgets the tokens whose time has long passed. */
  private void lapse(long now) {
    for (Tokens first = leased.peekFirst();
        first != null && now - first.next > rates.grace();
        first = leased.peekFirst()) {
      take(first);
      rates.lapsed();
    }
  }
}

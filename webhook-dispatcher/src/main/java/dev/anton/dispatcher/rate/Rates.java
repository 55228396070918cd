package dev.anton.dispatcher.rate;

import dev.anton.dispatcher.lane.Pace;
import dev.anton.dispatcher.rate.RateSchedule.Grant;
import dev.anton.dispatcher.rate.RateSchedule.Wish;
import dev.anton.dispatcher.subscription.Subscription;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The paces of all subscriptions with a rate that are delivered to from here. One statement leases
 * for all of them that want tokens. While the database is away there are none: the guard fails
 * closed, and deliveries park.
 */
public final class Rates {

  private static final Logger log = LoggerFactory.getLogger(Rates.class);

  private static final Duration IDLE_ROUND = Duration.ofSeconds(1);
  private static final long SHORTEST_PAUSE = Duration.ofMillis(1).toNanos();
  private static final long FORGET_EVERY = Duration.ofHours(1).toNanos();
  private static final long IDLE = Duration.ofMinutes(1).toNanos();

  private final RateSchedule schedule;
  private final RateSettings settings;
  private final LongSupplier nanoTime;
  private final Counter granted;
  private final Counter lapsed;
  private final ConcurrentHashMap<String, SubscriptionPace> paces = new ConcurrentHashMap<>();
  private final Set<SubscriptionPace> waiting = ConcurrentHashMap.newKeySet();
  private final Set<SubscriptionPace> behind = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread worker;
  private volatile boolean failing;
  private long nextLease;
  private long nextForget;
  private long nextEviction;

  /**
   * @param nanoTime the replica's own clock, which only says how much time has passed
   */
  Rates(RateSchedule schedule, RateSettings settings, LongSupplier nanoTime, MeterRegistry meters) {
    this.schedule = schedule;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.nextLease = nanoTime.getAsLong();
    this.nextForget = nextLease + FORGET_EVERY;
    this.nextEviction = nextLease + IDLE;
    this.granted = tokens("granted", meters);
    this.lapsed = tokens("lapsed", meters);
    Gauge.builder("anton.rate.behind", behind, Set::size)
        .description("Subscriptions with deliveries that wait for their rate")
        .register(meters);
  }

  private static Counter tokens(String result, MeterRegistry meters) {
    return Counter.builder("anton.rate.tokens")
        .description("Tokens leased, and those of them that were not used in time")
        .tag("result", result)
        .register(meters);
  }

  /** The pace of a subscription; null if it has no rate. */
  public @Nullable Pace pace(Subscription subscription) {
    return subscription.maxRatePerSecond() == null ? null : paceOf(subscription);
  }

  /** Whether deliveries of this subscription are parked because of its rate, and go first. */
  public boolean isBehind(Subscription subscription) {
    return subscription.maxRatePerSecond() != null && paceOf(subscription).isBehind();
  }

  /** A subscription with deliveries that wait, and how many of them its lane would start. */
  public record Backlog(Subscription subscription, int room, int queued) {}

  /**
   * Leases tokens for parked deliveries, and says how many may be claimed of each subscription.
   *
   * @param backlogs with what is queued in their lanes, and so has its tokens already
   */
  public Map<String, Integer> leaseForParked(List<Backlog> backlogs) {
    List<Wish> wishes = new ArrayList<>();
    for (Backlog backlog : backlogs) {
      SubscriptionPace pace = paceOf(backlog.subscription());
      pace.fallBehind();
      int most = (int) (pace.rate() * settings.lead().toMillis() / 1000) + 1;
      int wanted = Math.min(backlog.room(), most) - free(pace, backlog);
      if (wanted > 0) {
        wishes.add(new Wish(pace.subscriptionId(), pace.rate(), wanted));
      }
    }
    lease(wishes);
    Map<String, Integer> tokens = new HashMap<>();
    for (Backlog backlog : backlogs) {
      SubscriptionPace pace = paceOf(backlog.subscription());
      tokens.put(pace.subscriptionId(), Math.min(backlog.room(), free(pace, backlog)));
    }
    return tokens;
  }

  /** Nothing is parked any more, or all that is was claimed. */
  public void caughtUp(Subscription subscription) {
    caughtUp(paceOf(subscription));
  }

  /** Of no other subscription than these is anything parked. */
  public void onlyBehind(Set<String> subscriptionIds) {
    behind.stream()
        .filter(pace -> !subscriptionIds.contains(pace.subscriptionId()))
        .forEach(this::caughtUp);
  }

  /** How soon a subscription that is behind is looked at again; never the same twice. */
  public Duration nextLook() {
    return Duration.ofNanos(jittered());
  }

  /**
   * Leases what the lanes want, starts what has a token by now, and says when there is something to
   * do again.
   */
  Duration round() {
    worker = Thread.currentThread();
    long now = now();
    if (now - nextForget >= 0) {
      nextForget = now + FORGET_EVERY;
      schedule.forget();
    }
    evictIdle(now);
    List<Wish> wishes = wishes();
    if (!wishes.isEmpty() && now - nextLease >= 0) {
      nextLease = now + jittered();
      lease(wishes);
    }
    waiting.forEach(pace -> run(pace.due(now())));
    return pause();
  }

  long now() {
    return nanoTime.getAsLong();
  }

  long interval() {
    return settings.interval().toNanos();
  }

  long grace() {
    return settings.grace().toNanos();
  }

  void lapsed() {
    lapsed.increment();
  }

  /** Something waits for this pace's tokens. */
  void await(SubscriptionPace pace, boolean wantsMore) {
    boolean isNew = waiting.add(pace);
    Thread thread = worker;
    if (isNew || wantsMore) {
      LockSupport.unpark(thread);
    }
  }

  /** Nothing waits for this pace's tokens now. */
  void rest(SubscriptionPace pace) {
    waiting.remove(pace);
  }

  void behind(SubscriptionPace pace) {
    behind.add(pace);
  }

  private void caughtUp(SubscriptionPace pace) {
    if (pace.catchUp()) {
      behind.remove(pace);
    }
  }

  private void evictIdle(long now) {
    if (now - nextEviction >= 0) {
      nextEviction = now + IDLE;
      for (String id : paces.keySet()) {
        paces.computeIfPresent(id, (_, pace) -> pace.isIdle(now, IDLE) ? null : pace);
      }
    }
  }

  private SubscriptionPace paceOf(Subscription subscription) {
    Integer rate = subscription.maxRatePerSecond();
    if (rate == null) {
      throw new IllegalArgumentException(subscription.id() + " has no rate");
    }
    // In one step, so that none is forgotten that is about to be used.
    return paces.compute(
        subscription.id(),
        (id, known) -> {
          SubscriptionPace pace = known == null ? new SubscriptionPace(id, this) : known;
          pace.use(rate);
          return pace;
        });
  }

  private static int free(SubscriptionPace pace, Backlog backlog) {
    return Math.max(0, pace.held() - backlog.queued());
  }

  private List<Wish> wishes() {
    List<Wish> wishes = new ArrayList<>();
    for (SubscriptionPace pace : waiting) {
      int wanted = pace.wanted();
      if (wanted > 0) {
        wishes.add(new Wish(pace.subscriptionId(), pace.rate(), wanted));
      }
    }
    return wishes;
  }

  private void lease(List<Wish> wishes) {
    if (wishes.isEmpty()) {
      return;
    }
    Map<String, Grant> grants = Map.of();
    try {
      grants = schedule.lease(wishes);
      failing = false;
    } catch (DataAccessException e) {
      if (!failing) {
        log.warn("Rate tokens cannot be leased; deliveries wait for them: {}", e.getMessage());
      }
      failing = true;
    }
    for (Wish wish : wishes) {
      Grant grant = grants.get(wish.subscriptionId());
      SubscriptionPace pace = paces.get(wish.subscriptionId());
      if (grant != null) {
        granted.increment(grant.tokens());
      }
      if (pace != null) {
        pace.granted(grant, wish.tokens());
      }
    }
  }

  private void run(@Nullable Runnable again) {
    if (again != null) {
      again.run();
    }
  }

  private Duration pause() {
    long now = now();
    long until = now + IDLE_ROUND.toNanos();
    for (SubscriptionPace pace : waiting) {
      long next = pace.wanted() > 0 ? nextLease : until;
      next = earlier(next, pace.nextToken(until));
      until = earlier(until, next);
    }
    return Duration.ofNanos(Math.max(SHORTEST_PAUSE, until - now));
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private long jittered() {
    long half = interval() / 2;
    return half + ThreadLocalRandom.current().nextLong(2 * half + 1);
  }
}

package dev.anton.dispatcher.lane;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The lanes of all endpoints that were used lately. */
public final class Lanes {

  private final LaneSettings settings;
  private final TenantBudget slowBudget;
  private final CircuitBreakerConfig breakerConfig;
  private final ConcurrentHashMap<String, Lane> bySubscription = new ConcurrentHashMap<>();

  public Lanes(LaneSettings settings) {
    this.settings = settings;
    this.slowBudget = new TenantBudget(settings.slowInAll());
    LaneSettings.Breaker breaker = settings.breaker();
    this.breakerConfig =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(breaker.window())
            .minimumNumberOfCalls(breaker.minimum())
            .failureRateThreshold(breaker.failurePercent())
            .slowCallDurationThreshold(breaker.slowCall())
            .slowCallRateThreshold(100)
            .waitDurationInOpenState(breaker.openFor())
            .permittedNumberOfCallsInHalfOpenState(breaker.probes())
            // Parked deliveries ask for room; nobody would take the first step otherwise.
            .automaticTransitionFromOpenToHalfOpenEnabled(true)
            .build();
  }

  /** Sends a task into the subscription's lane. */
  public void offer(String subscriptionId, String tenant, LaneTask task) {
    while (!lane(subscriptionId, tenant).offer(task)) {
      // It was evicted between look-up and offer; the next look-up makes a new one.
      Thread.onSpinWait();
    }
  }

  private Lane lane(String subscriptionId, String tenant) {
    Lane lane = bySubscription.get(subscriptionId);
    return lane != null
        ? lane
        : bySubscription.computeIfAbsent(subscriptionId, id -> open(id, tenant));
  }

  /** How many parked deliveries of this subscription would be attempted at once. */
  public int room(String subscriptionId) {
    Lane lane = bySubscription.get(subscriptionId);
    return lane == null ? settings.concurrency() : lane.room();
  }

  /** How many deliveries of this subscription wait in memory. */
  public int queued(String subscriptionId) {
    Lane lane = bySubscription.get(subscriptionId);
    return lane == null ? 0 : lane.queued();
  }

  /** Whether this subscription's endpoint is left alone for now. */
  public boolean isBreakerOpen(String subscriptionId) {
    Lane lane = bySubscription.get(subscriptionId);
    return lane != null && lane.breaker().getState() == CircuitBreaker.State.OPEN;
  }

  /** Forgets lanes that were idle for long, and their breakers. */
  public void evictIdle() {
    bySubscription.values().removeIf(lane -> lane.evictIfIdle(settings.idleAfter()));
  }

  public int size() {
    return bySubscription.size();
  }

  /** Attempts that have been unanswered for longer than a second. */
  public int slow() {
    return slowBudget.used();
  }

  public int running() {
    return bySubscription.values().stream().mapToInt(Lane::running).sum();
  }

  public int queued() {
    return bySubscription.values().stream().mapToInt(Lane::queued).sum();
  }

  public long openBreakers() {
    return bySubscription.values().stream()
        .filter(lane -> lane.breaker().getState() == CircuitBreaker.State.OPEN)
        .count();
  }

  CircuitBreaker breaker(String subscriptionId) {
    return Objects.requireNonNull(bySubscription.get(subscriptionId)).breaker();
  }

  private Lane open(String subscriptionId, String tenant) {
    return new Lane(settings, slowBudget, tenant, CircuitBreaker.of(subscriptionId, breakerConfig));
  }
}

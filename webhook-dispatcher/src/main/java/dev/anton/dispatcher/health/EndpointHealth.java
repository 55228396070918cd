package dev.anton.dispatcher.health;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this replica saw of endpoints, kept in memory until {@link HealthRound} comes by. Attempts
 * are noted on the delivery threads and cost one or two look-ups. Fails open: what a replica saw in
 * its last second is lost with it, and the next failure or success says the same again.
 *
 * <p>Inline webhooks of jobs are left out: none lives for as long as it takes to disable one, and
 * nobody registered them.
 */
public final class EndpointHealth {

  /** Endpoints whose last attempt here failed, and of which nobody else knows yet. */
  private final Map<String, FailingEndpoint> suspects = new ConcurrentHashMap<>();

  /** The last success here. Kept for a while: a clock that another replica starts may be older. */
  private final Map<String, Instant> successes = new ConcurrentHashMap<>();

  /** Endpoints that failed again after their time was up, and when. */
  private final Map<String, Instant> overdue = new ConcurrentHashMap<>();

  private final HealthSettings settings;

  /** The clocks that run, as they were last read. */
  private volatile Map<String, FailingEndpoint> failing = Map.of();

  EndpointHealth(HealthSettings settings) {
    this.settings = settings;
  }

  /** Notes an attempt; may be called from any thread and does not block. */
  public void attempted(Subscription subscription, Attempt attempt) {
    if (subscription.subject() != null) {
      return;
    }
    String id = subscription.id();
    Instant ended = attempt.at().plus(attempt.duration());
    if (attempt.outcome() instanceof Outcome.Delivered) {
      successes.put(id, ended);
      if (!suspects.isEmpty()) {
        suspects.remove(id);
      }
      return;
    }
    FailingEndpoint known = failing.get(id);
    if (known == null || !known.url().equals(subscription.url().toString())) {
      suspects.computeIfAbsent(
          id,
          i ->
              new FailingEndpoint(
                  i, subscription.tenant().id(), subscription.url().toString(), ended));
    } else if (!known.since().isAfter(ended.minus(settings.disableAfter()))) {
      overdue.putIfAbsent(id, ended);
    }
  }

  /** How many endpoints fail, by what all replicas saw. */
  int failing() {
    return failing.size();
  }

  void failing(List<FailingEndpoint> all) {
    failing =
        all.stream()
            .collect(Collectors.toUnmodifiableMap(FailingEndpoint::subscriptionId, one -> one));
  }

  /** Those that failed for long enough, or satisfy the condition. */
  List<FailingEndpoint> suspects(Instant now, Predicate<String> condition) {
    Instant limit = now.minus(settings.failingAfter());
    return suspects.values().stream()
        .filter(one -> !one.since().isAfter(limit) || condition.test(one.subscriptionId()))
        .toList();
  }

  void written(List<FailingEndpoint> endpoints) {
    endpoints.forEach(one -> suspects.remove(one.subscriptionId(), one));
  }

  /** Those of the failing that this replica has delivered to since. */
  List<Recovered> recovered() {
    List<Recovered> recovered = new ArrayList<>();
    for (FailingEndpoint endpoint : failing.values()) {
      Instant success = successes.get(endpoint.subscriptionId());
      if (success != null && success.isAfter(endpoint.since())) {
        recovered.add(new Recovered(endpoint, success));
      }
    }
    return recovered;
  }

  record Recovered(FailingEndpoint endpoint, Instant succeeded) {}

  /** Those that failed after their time was up, until then. */
  List<String> overdue(Instant until) {
    return overdue.entrySet().stream()
        .filter(one -> !one.getValue().isAfter(until))
        .map(Map.Entry::getKey)
        .toList();
  }

  void settled(String subscriptionId) {
    overdue.remove(subscriptionId);
  }

  @Nullable FailingEndpoint find(String subscriptionId) {
    return failing.get(subscriptionId);
  }

  void forgetSuccesses(Instant before) {
    successes.values().removeIf(success -> success.isBefore(before));
  }
}

package dev.anton.dispatcher.engine;

import dev.anton.dispatcher.filter.EventFilter;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.dispatcher.subscription.RetrySchedule;
import dev.anton.dispatcher.subscription.SigningKeys;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionDisabling;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Subscriptions that a test puts in place itself; exact types of the tenant match. */
final class TestSubscriptions implements SubscriptionIndex, SubscriptionDisabling {

  /** A property that says whether they are known from the start, as they usually are. */
  static final String LOADED = "test.subscriptions.loaded";

  private final Map<String, Subscription> byId = new ConcurrentHashMap<>();
  private final Map<String, String> disabledFor = new ConcurrentHashMap<>();

  private volatile boolean loaded;

  TestSubscriptions(boolean loaded) {
    this.loaded = loaded;
  }

  /** From now on all are known. */
  void loaded() {
    loaded = true;
  }

  /** An active subscription without a secret that retries after these waits. */
  Subscription add(Tenant tenant, URI url, String type, Duration... retries) {
    Subscription added =
        new Subscription(
            Ids.webhook(),
            tenant,
            url,
            List.of(type),
            null,
            SubscriptionStatus.ACTIVE,
            PayloadFormat.ANTON,
            null,
            Map.of(),
            null,
            false,
            null,
            new RetrySchedule(Arrays.asList(retries)),
            1);
    byId.put(added.id(), added);
    return added;
  }

  void put(Subscription subscription) {
    byId.put(subscription.id(), subscription);
  }

  void sign(Subscription subscription, SigningKeys keys, Map<String, String> headers) {
    replace(subscription, subscription.status(), keys, headers);
  }

  void set(Subscription subscription, SubscriptionStatus status) {
    replace(subscription, status, subscription.keys(), subscription.headers());
  }

  /** The same subscription with what it asks of its deliveries. */
  Subscription restrict(
      Subscription old, @Nullable String filter, boolean ordered, @Nullable Integer rate) {
    Subscription restricted =
        new Subscription(
            old.id(),
            old.tenant(),
            old.url(),
            old.events(),
            old.subject(),
            old.status(),
            old.format(),
            old.keys(),
            old.headers(),
            filter == null ? null : EventFilter.of(filter),
            ordered,
            rate,
            old.retry(),
            old.version() + 1);
    put(restricted);
    return restricted;
  }

  void remove(Subscription subscription) {
    byId.remove(subscription.id());
  }

  Optional<String> disabledFor(Subscription subscription) {
    return Optional.ofNullable(disabledFor.get(subscription.id()));
  }

  @Override
  public List<Subscription> match(EventRecord event) {
    return byId.values().stream()
        .filter(one -> one.tenant().equals(event.tenant()))
        .filter(one -> one.events().contains(event.type()))
        .toList();
  }

  @Override
  public Optional<Subscription> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public void disable(String subscriptionId, String reason) {
    disabledFor.put(subscriptionId, reason);
    find(subscriptionId).ifPresent(found -> set(found, SubscriptionStatus.DISABLED));
  }

  private void replace(
      Subscription old,
      SubscriptionStatus status,
      @Nullable SigningKeys keys,
      Map<String, String> headers) {
    byId.put(
        old.id(),
        new Subscription(
            old.id(),
            old.tenant(),
            old.url(),
            old.events(),
            old.subject(),
            status,
            old.format(),
            keys,
            headers,
            old.filter(),
            old.ordered(),
            old.maxRatePerSecond(),
            old.retry(),
            old.version() + 1));
  }
}

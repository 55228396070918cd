package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionChange;
import dev.anton.dispatcher.subscription.SubscriptionChangeListener;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The index, fed with changes from two sides: this replica's own as they commit, and everybody's as
 * the feed reads them. Of one subscription's changes the highest version wins, whatever the order
 * in which they come; a deletion is remembered until nobody can hold an older reading.
 */
@Component
final class InMemorySubscriptionIndex implements SubscriptionIndex, SubscriptionChangeListener {

  /** No read of the database, however slow, comes back later than this. */
  private static final Duration TOMBSTONES_KEPT = Duration.ofMinutes(10);

  private final Clock clock;
  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Tombstone> tombstones = new ConcurrentLinkedQueue<>();
  private final ConcurrentHashMap<Tenant, TenantIndex> tenants = new ConcurrentHashMap<>();
  private final AtomicInteger live = new AtomicInteger();
  private volatile boolean loaded;

  /** By {@link System#nanoTime()}: until then others wait for this replica with their changes. */
  private volatile long currentUntil = System.nanoTime();

  InMemorySubscriptionIndex(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<Subscription> match(EventRecord event) {
    TenantIndex tenant = tenants.get(event.tenant());
    return tenant == null ? List.of() : tenant.match(event.type(), event.subject());
  }

  @Override
  public Optional<Subscription> find(String id) {
    Known found = known.get(id);
    return found == null ? Optional.empty() : Optional.ofNullable(found.current());
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public boolean isCurrent() {
    return currentUntil - System.nanoTime() > 0;
  }

  /**
   * @param nanoTime of this process
   */
  void currentUntil(long nanoTime) {
    currentUntil = nanoTime;
  }

  @Override
  public void changed(SubscriptionChange change) {
    if (loaded) {
      apply(change);
      return;
    }
    synchronized (this) { // not while the first reading is put in place
      apply(change);
    }
  }

  /**
   * Takes the first reading of everything, built aside since nothing is matched before. What this
   * replica changed meanwhile is applied on top.
   */
  synchronized void load(List<SubscriptionChange> all) {
    List<SubscriptionChange> early = new ArrayList<>();
    known.forEach((id, k) -> early.add(new SubscriptionChange(id, k.version(), k.current())));
    known.clear();
    tenants.clear();
    live.set(0);
    Map<Tenant, List<Subscription>> byTenant = new HashMap<>();
    for (SubscriptionChange change : all) {
      Subscription current = change.current();
      if (current != null) {
        byTenant.computeIfAbsent(current.tenant(), t -> new ArrayList<>()).add(current);
        known.put(change.id(), new Known(change.version(), current));
        live.incrementAndGet();
      }
    }
    byTenant.forEach((tenant, list) -> tenants.put(tenant, TenantIndex.of(list)));
    early.forEach(this::apply);
    loaded = true;
  }

  /** What is known now; to be taken before a reading of everything and given back with it. */
  Map<String, Long> liveVersions() {
    Map<String, Long> versions = new HashMap<>();
    known.forEach(
        (id, k) -> {
          if (k.current() != null) {
            versions.put(id, k.version());
          }
        });
    return versions;
  }

  /**
   * Takes a later reading of everything.
   *
   * @param before what was known when the reading began: whatever of it is neither read nor changed
   *     since was deleted so long ago that its tombstone is gone
   */
  void reload(Map<String, Long> before, List<SubscriptionChange> all) {
    Map<String, Long> gone = new HashMap<>(before);
    for (SubscriptionChange change : all) {
      gone.remove(change.id());
      apply(change);
    }
    gone.forEach((id, version) -> known.computeIfPresent(id, (i, k) -> drop(k, version)));
  }

  /** How many subscriptions live. */
  int size() {
    return live.get();
  }

  void forgetOldTombstones() {
    Instant oldest = clock.instant().minus(TOMBSTONES_KEPT);
    for (Tombstone tombstone = tombstones.peek();
        tombstone != null && tombstone.at().isBefore(oldest);
        tombstone = tombstones.peek()) {
      tombstones.poll();
      long version = tombstone.version();
      known.computeIfPresent(
          tombstone.id(),
          (id, now) -> now.current() == null && now.version() == version ? null : now);
    }
  }

  private void apply(SubscriptionChange change) {
    known.compute(
        change.id(),
        (id, before) -> {
          if (before != null && before.version() >= change.version()) {
            return before;
          }
          Subscription current = change.current();
          if (current == null) {
            tombstones.add(new Tombstone(id, change.version(), clock.instant()));
          }
          replace(before == null ? null : before.current(), current);
          return new Known(change.version(), current);
        });
  }

  private @Nullable Known drop(Known now, long version) {
    if (now.version() != version) {
      return now;
    }
    replace(now.current(), null);
    return null;
  }

  private void replace(@Nullable Subscription before, @Nullable Subscription after) {
    Subscription either = after != null ? after : before;
    if (either != null) {
      tenants.computeIfAbsent(either.tenant(), t -> new TenantIndex()).replace(before, after);
      live.addAndGet((after == null ? 0 : 1) - (before == null ? 0 : 1));
    }
  }

  private record Known(long version, @Nullable Subscription current) {}

  private record Tombstone(String id, long version, Instant at) {}
}

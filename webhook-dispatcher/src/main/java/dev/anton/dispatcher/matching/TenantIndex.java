package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one tenant, by what they name.
 *
 * <p>A read takes no lock; only if a change of this tenant ran meanwhile is it made again, behind
 * that change. So an event sees a subscription before a change or after it, never between.
 */
final class TenantIndex {

  private final StampedLock lock = new StampedLock();
  private final ConcurrentHashMap<String, List<Subscription>> byType = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, List<Subscription>> bySubject = new ConcurrentHashMap<>();
  private volatile PrefixTable byPrefix = PrefixTable.EMPTY;
  private volatile List<Subscription> ofAll = List.of();

  /**
   * An index of many at once; one by one, the lists of popular types would be copied over and over.
   */
  static TenantIndex of(List<Subscription> subscriptions) {
    TenantIndex index = new TenantIndex();
    Map<String, List<Subscription>> byType = new HashMap<>();
    Map<String, List<Subscription>> byPrefix = new HashMap<>();
    List<Subscription> ofAll = new ArrayList<>();
    for (Subscription subscription : subscriptions) {
      if (subscription.subject() != null) {
        index.bySubject.merge(
            subscription.subject(), List.of(subscription), SubscriptionLists::join);
        continue;
      }
      for (String pattern : EventPattern.disjoint(subscription.events())) {
        if (pattern.equals(EventPattern.ALL)) {
          ofAll.add(subscription);
        } else if (EventPattern.isPrefix(pattern)) {
          byPrefix
              .computeIfAbsent(EventPattern.prefixOf(pattern), p -> new ArrayList<>())
              .add(subscription);
        } else {
          byType.computeIfAbsent(pattern, p -> new ArrayList<>()).add(subscription);
        }
      }
    }
    byType.forEach((type, list) -> index.byType.put(type, List.copyOf(list)));
    byPrefix.replaceAll((prefix, list) -> List.copyOf(list));
    index.byPrefix = PrefixTable.of(byPrefix);
    index.ofAll = List.copyOf(ofAll);
    return index;
  }

  List<Subscription> match(String type, @Nullable String subject) {
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      List<Subscription> found = collect(type, subject);
      if (lock.validate(stamp)) {
        return found;
      }
    }
    stamp = lock.readLock();
    try {
      return collect(type, subject);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Puts one subscription in the place of another; either may be absent. */
  void replace(@Nullable Subscription before, @Nullable Subscription after) {
    long stamp = lock.writeLock();
    try {
      if (before != null) {
        remove(before);
      }
      if (after != null) {
        add(after);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private List<Subscription> collect(String type, @Nullable String subject) {
    List<Subscription> found = byType.getOrDefault(type, List.of());
    found = byPrefix.addMatches(type, found);
    found = SubscriptionLists.join(found, ofAll);
    return subject == null ? found : addBound(type, subject, found);
  }

  private List<Subscription> addBound(String type, String subject, List<Subscription> found) {
    List<Subscription> bound = bySubject.get(subject);
    if (bound == null) {
      return found;
    }
    List<Subscription> all = found;
    for (Subscription subscription : bound) {
      for (String pattern : subscription.events()) {
        if (EventPattern.matches(pattern, type)) {
          all = SubscriptionLists.plus(all, subscription);
          break;
        }
      }
    }
    return all;
  }

  private void add(Subscription added) {
    if (added.subject() != null) {
      bySubject.merge(added.subject(), List.of(added), SubscriptionLists::join);
      return;
    }
    for (String pattern : EventPattern.disjoint(added.events())) {
      if (pattern.equals(EventPattern.ALL)) {
        ofAll = SubscriptionLists.plus(ofAll, added);
      } else if (EventPattern.isPrefix(pattern)) {
        String prefix = EventPattern.prefixOf(pattern);
        byPrefix = byPrefix.with(prefix, SubscriptionLists.plus(byPrefix.get(prefix), added));
      } else {
        byType.merge(pattern, List.of(added), SubscriptionLists::join);
      }
    }
  }

  private void remove(Subscription removed) {
    if (removed.subject() != null) {
      bySubject.computeIfPresent(removed.subject(), (s, list) -> without(list, removed));
      return;
    }
    for (String pattern : EventPattern.disjoint(removed.events())) {
      if (pattern.equals(EventPattern.ALL)) {
        ofAll = SubscriptionLists.minus(ofAll, removed);
      } else if (EventPattern.isPrefix(pattern)) {
        String prefix = EventPattern.prefixOf(pattern);
        byPrefix = byPrefix.with(prefix, SubscriptionLists.minus(byPrefix.get(prefix), removed));
      } else {
        byType.computeIfPresent(pattern, (p, list) -> without(list, removed));
      }
    }
  }

  private static @Nullable List<Subscription> without(
      List<Subscription> list, Subscription removed) {
    List<Subscription> rest = SubscriptionLists.minus(list, removed);
    return rest.isEmpty() ? null : rest;
  }
}

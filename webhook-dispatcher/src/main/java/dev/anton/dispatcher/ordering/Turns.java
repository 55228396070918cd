package dev.anton.dispatcher.ordering;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.journal.TurnListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Lines to look at, because something happened to them. Only hints: a line that is named twice, or
 * for nothing, costs a look; one that is forgotten is found by {@link LineWalk}. That is why what
 * is kept can be bounded, for each subscription and in all.
 */
final class Turns implements TurnListener {

  /** Some seconds' worth for an endpoint that answers in 50 ms through 64 slots. */
  static final int OF_ONE = 4096;

  /** About 10 MiB. */
  static final int IN_ALL = 100_000;

  private final Map<String, LinkedHashSet<Long>> bySubscription = new LinkedHashMap<>();
  private final Set<String> missed = new LinkedHashSet<>();
  private int size;
  private volatile Runnable news = () -> {};

  /**
   * @param news run when there is something to look at; must not block
   */
  void onNews(Runnable news) {
    this.news = news;
  }

  @Override
  public void mayBeNext(Delivery delivery) {
    Long orderKey = delivery.orderKey();
    if (orderKey != null) {
      add(new Line(delivery.subscriptionId(), orderKey));
      news.run();
    }
  }

  /** There is room for more to be sent. */
  void roomIsFree() {
    news.run();
  }

  synchronized void add(Line line) {
    LinkedHashSet<Long> keys = bySubscription.get(line.subscriptionId());
    if (size >= IN_ALL || (keys != null && keys.size() >= OF_ONE)) {
      missed.add(line.subscriptionId());
      return;
    }
    if (keys == null) {
      keys = new LinkedHashSet<>();
      bySubscription.put(line.subscriptionId(), keys);
    }
    if (keys.add(line.orderKey())) {
      size++;
    }
  }

  /**
   * Takes lines out, those of each subscription in the order in which they came. The next call
   * begins with the subscriptions that got the least.
   *
   * @param room how many of a subscription's deliveries can be sent now
   */
  synchronized List<Line> take(int limit, ToIntFunction<String> room) {
    List<Line> taken = new ArrayList<>();
    for (String subscription : List.copyOf(bySubscription.keySet())) {
      int left = Math.min(limit - taken.size(), room.applyAsInt(subscription));
      if (left > 0) {
        take(subscription, left, taken);
      }
      if (taken.size() >= limit) {
        break;
      }
    }
    size -= taken.size();
    return taken;
  }

  private void take(String subscription, int count, List<Line> taken) {
    LinkedHashSet<Long> keys = bySubscription.remove(subscription);
    if (keys == null) {
      return;
    }
    Iterator<Long> each = keys.iterator();
    for (int i = 0; i < count && each.hasNext(); i++) {
      taken.add(new Line(subscription, each.next()));
      each.remove();
    }
    if (!keys.isEmpty()) {
      bySubscription.put(subscription, keys);
    }
  }

  /** A subscription some of whose lines found no room, and would find it now; each is told once. */
  synchronized Optional<String> takeMissed() {
    if (missed.isEmpty() || size > IN_ALL / 2) {
      return Optional.empty();
    }
    Optional<String> found = missed.stream().filter(this::isHalfEmpty).findFirst();
    found.ifPresent(missed::remove);
    return found;
  }

  private boolean isHalfEmpty(String subscription) {
    LinkedHashSet<Long> keys = bySubscription.get(subscription);
    return keys == null || keys.size() < OF_ONE / 2;
  }

  synchronized int size() {
    return size;
  }
}

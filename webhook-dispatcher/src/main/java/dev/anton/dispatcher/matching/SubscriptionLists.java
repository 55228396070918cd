package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Immutable lists of subscriptions that are copied on a change and shared by readers. */
final class SubscriptionLists {

  private SubscriptionLists() {}

  /** One of the two itself if the other is empty. */
  static List<Subscription> join(List<Subscription> left, List<Subscription> right) {
    if (right.isEmpty()) {
      return left;
    }
    if (left.isEmpty()) {
      return right;
    }
    List<Subscription> both = new ArrayList<>(left.size() + right.size());
    both.addAll(left);
    both.addAll(right);
    return Collections.unmodifiableList(both);
  }

  static List<Subscription> plus(List<Subscription> list, Subscription added) {
    return join(list, List.of(added));
  }

  static List<Subscription> minus(List<Subscription> list, Subscription removed) {
    List<Subscription> rest = new ArrayList<>(list.size());
    for (Subscription subscription : list) {
      if (!subscription.id().equals(removed.id())) {
        rest.add(subscription);
      }
    }
    return rest.isEmpty() ? List.of() : Collections.unmodifiableList(rest);
  }
}

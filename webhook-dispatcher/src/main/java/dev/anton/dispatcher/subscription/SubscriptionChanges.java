package dev.anton.dispatcher.subscription;

import java.util.List;
import org.springframework.stereotype.Component;

/** What happens once a change is committed and before its author gets an answer. */
@Component
class SubscriptionChanges {

  private final SubscriptionCodec codec;
  private final List<SubscriptionChangeListener> listeners;
  private final ChangeAnnouncements announcements;
  private final ReplicaBarrier replicas;

  SubscriptionChanges(
      SubscriptionCodec codec,
      List<SubscriptionChangeListener> listeners,
      ChangeAnnouncements announcements,
      ReplicaBarrier replicas) {
    this.codec = codec;
    this.listeners = List.copyOf(listeners);
    this.announcements = announcements;
    this.replicas = replicas;
  }

  /**
   * Returns once every replica matches by a subscription that is active. One that is paused,
   * disabled or deleted has nothing to miss: the others hear of it within the second.
   */
  void committed(SubscriptionRow row) {
    apply(codec.change(row));
    if (!awaitEverywhere(row)) {
      announcements.announce();
    }
  }

  /**
   * Waits as for a change, for a row that is as it was asked for already.
   *
   * @return false if the row is not active: there is nothing to wait for
   */
  boolean awaitEverywhere(SubscriptionRow row) {
    boolean active = row.deletedAt() == null && row.state().status() == SubscriptionStatus.ACTIVE;
    if (active) {
      replicas.await();
    }
    return active;
  }

  void committed(List<SubscriptionChange> changes) {
    changes.forEach(this::apply);
    if (!changes.isEmpty()) {
      announcements.announce();
    }
  }

  private void apply(SubscriptionChange change) {
    for (SubscriptionChangeListener listener : listeners) {
      listener.changed(change);
    }
  }
}

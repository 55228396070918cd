package dev.anton.dispatcher.subscription;

import java.util.List;
import org.springframework.stereotype.Component;

/** What happens once a change is committed and before its author gets an answer. */
@Component
class SubscriptionChanges {

  private final SubscriptionCodec codec;
  private final List<SubscriptionChangeListener> listeners;
  private final ChangeAnnouncements announcements;

  SubscriptionChanges(
      SubscriptionCodec codec,
      List<SubscriptionChangeListener> listeners,
      ChangeAnnouncements announcements) {
    this.codec = codec;
    this.listeners = List.copyOf(listeners);
    this.announcements = announcements;
  }

  void committed(SubscriptionRow row) {
    committed(List.of(codec.change(row)));
  }

  void committed(List<SubscriptionChange> changes) {
    for (SubscriptionChange change : changes) {
      for (SubscriptionChangeListener listener : listeners) {
        listener.changed(change);
      }
    }
    if (!changes.isEmpty()) {
      announcements.announce();
    }
  }
}

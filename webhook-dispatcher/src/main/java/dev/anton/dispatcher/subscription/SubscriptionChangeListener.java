package dev.anton.dispatcher.subscription;

/** Learns of every change that this replica committed, before the client gets its answer. */
public interface SubscriptionChangeListener {

  void changed(SubscriptionChange change);
}

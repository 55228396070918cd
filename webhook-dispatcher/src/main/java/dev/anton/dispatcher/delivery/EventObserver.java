package dev.anton.dispatcher.delivery;

import dev.anton.schemas.kafka.EventRecord;

/** Is told of every event that matched a subscription, at least once. */
@FunctionalInterface
public interface EventObserver {

  /** Called on the thread that reads: must neither block nor throw. */
  void seen(EventRecord event);
}

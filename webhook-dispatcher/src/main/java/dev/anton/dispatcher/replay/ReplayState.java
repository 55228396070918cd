package dev.anton.dispatcher.replay;

import java.util.Locale;

/** How far a replay is. */
enum ReplayState {
  QUEUED,
  RUNNING,
  /** All that it selects is enqueued; the deliveries have retries of their own. */
  COMPLETED,
  CANCELLED,
  FAILED;

  boolean isOpen() {
    return this == QUEUED || this == RUNNING;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReplayState of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}

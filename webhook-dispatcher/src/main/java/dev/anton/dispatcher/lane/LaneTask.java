package dev.anton.dispatcher.lane;

import org.jspecify.annotations.Nullable;

/** An attempt that wants to go through a lane. */
public interface LaneTask {

  /** First attempts of one key go one after another; null for those that need not. */
  @Nullable String orderKey();

  /** When it may start; null if its subscription has no rate. */
  default @Nullable Pace pace() {
    return null;
  }

  /**
   * The lane has room: starts the attempt and returns at once. Every start is followed by exactly
   * one {@link Lane#finished} or {@link Lane#released}.
   */
  void start(Lane lane);

  /** The lane cannot take it now; it was not started. */
  void turnedAway(Refusal reason);
}

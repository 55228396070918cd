package dev.anton.dispatcher.replay;

/** Where a replay finds its events. */
@FunctionalInterface
interface ReplaySource {

  /**
   * Looks on from the replay's position, for at most some seconds.
   *
   * @param limit how many events it may select, at most some hundred
   */
  ReplayStep next(Replay replay, int limit);
}

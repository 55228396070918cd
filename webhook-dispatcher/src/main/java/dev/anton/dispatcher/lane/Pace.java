package dev.anton.dispatcher.lane;

/**
 * When the attempts of a subscription with a rate may start. A lane asks it before each of them,
 * holding its lock: it must not block, nor call the lane.
 */
public interface Pace {

  /**
   * Takes a token for one attempt.
   *
   * @param ready tasks that could start now if there were tokens for all
   * @param again runs, on some thread, when it is worth asking again; of those that were given
   *     before one succeeded, the last
   * @return false if there is no token now
   */
  boolean tryStart(int ready, Runnable again);

  /**
   * How many may go on waiting for tokens in the lane. The others are to be turned away, and the
   * subscription is behind its deliveries from then on.
   *
   * @param ready tasks that wait
   */
  int keep(int ready);
}

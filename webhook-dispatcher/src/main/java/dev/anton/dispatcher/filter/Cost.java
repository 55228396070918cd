package dev.anton.dispatcher.filter;

/**
 * What evaluations spend, counted and not timed: the same event gets the same answer however busy
 * the machine is. A unit is a value that is looked at, or eight characters, or four states of a
 * pattern at one character; some 10 ns.
 */
final class Cost {

  /** The cost of the evaluation that runs on this thread, for functions that depend on sizes. */
  static final ScopedValue<Cost> CURRENT = ScopedValue.newInstance();

  /** Of one filter on one event, about 2 ms; looking at 1 KiB of data takes some hundred units. */
  static final long PER_FILTER = 200_000;

  /** Of all filters on one event, about 10 ms: the thread that evaluates serves everybody. */
  static final long PER_EVENT = 1_000_000;

  private static final int CHARACTERS = 8;

  private long leftOfEvent = PER_EVENT;
  private long left;
  private boolean exceeded;

  /** Starts the next evaluation. */
  void start() {
    left = Math.min(PER_FILTER, leftOfEvent);
    exceeded = false;
  }

  /**
   * Spends some of it.
   *
   * @throws ExceededException if nothing is left, now and from then on until the next start
   */
  void spend(long units) {
    left -= units;
    leftOfEvent -= units;
    if (left < 0) {
      exceeded = true;
      throw new ExceededException();
    }
  }

  /** A value is looked at. */
  <T> T seen(T value) {
    spend(value instanceof String text ? ofText(text) : 1);
    return value;
  }

  static long ofText(String text) {
    return 1L + text.length() / CHARACTERS;
  }

  /**
   * Whether the evaluation went over its bound, even if it came to an end: {@code or} and loops
   * pass over errors.
   */
  boolean isExceeded() {
    return exceeded;
  }

  /** Thrown through the interpreter. */
  static final class ExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ExceededException() {
      super("over its cost", null, false, false);
    }
  }
}

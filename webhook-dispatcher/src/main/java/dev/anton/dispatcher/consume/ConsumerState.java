package dev.anton.dispatcher.consume;

/** What others may know of the consumer; written by its thread, read by any. */
final class ConsumerState {

  private volatile boolean stopping;
  private volatile boolean joined;
  private volatile int partitions;
  private volatile long span;

  void start() {
    stopping = false;
  }

  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** The group has given it its share, which may be empty. */
  void joined(int share) {
    joined = true;
    partitions = share;
  }

  void left() {
    joined = false;
    partitions = 0;
  }

  void observe(Assignment assignment) {
    span = assignment.longestSpan();
  }

  boolean isJoined() {
    return joined;
  }

  int partitions() {
    return partitions;
  }

  long span() {
    return span;
  }
}

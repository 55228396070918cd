package dev.anton.system.faults;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What became of each event of one run. Events are numbered from 0 in the order of publishing, and
 * an event's id holds its number. Times are those of {@link System#nanoTime()}.
 */
final class Ledger {

  private static final int DIGITS = 8;

  private final String prefix;
  private final AtomicLongArray publishedAt;
  private final AtomicIntegerArray acknowledged;
  private final AtomicLongArray acceptedAt;
  private final AtomicLongArray lastAcceptedAt;
  private final AtomicIntegerArray accepted;
  private final AtomicIntegerArray arrived;
  private final AtomicIntegerArray dead;
  private final int capacity;
  private volatile int size;

  /**
   * @param prefix of the ids; no other run on the same stack has it
   * @param capacity the most events that may be published
   */
  Ledger(String prefix, int capacity) {
    this.prefix = prefix + "-";
    this.capacity = capacity;
    publishedAt = new AtomicLongArray(capacity);
    acknowledged = new AtomicIntegerArray(capacity);
    acceptedAt = new AtomicLongArray(capacity);
    lastAcceptedAt = new AtomicLongArray(capacity);
    accepted = new AtomicIntegerArray(capacity);
    arrived = new AtomicIntegerArray(capacity);
    dead = new AtomicIntegerArray(capacity);
  }

  /** Sorts as the numbers do. */
  String id(int number) {
    String digits = Integer.toString(number);
    return prefix + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** The number that an id holds, -1 if it is none of this run's. */
  int number(String id) {
    return id.startsWith(prefix) && id.length() == prefix.length() + DIGITS
        ? Integer.parseInt(id.substring(prefix.length()))
        : -1;
  }

  String prefix() {
    return prefix;
  }

  /** The next event is being published; returns its number. */
  int publishing() {
    int number = size;
    publishedAt.set(number, System.nanoTime());
    size = number + 1;
    return number;
  }

  /** The broker has it. */
  void acknowledged(int number) {
    acknowledged.set(number, 1);
  }

  /** An attempt has reached its endpoint. */
  void arrived(int number) {
    arrived.incrementAndGet(number);
  }

  /** The endpoint is about to answer that it has it. */
  void accepted(int number) {
    long now = System.nanoTime();
    accepted.incrementAndGet(number);
    acceptedAt.compareAndSet(number, 0, now);
    lastAcceptedAt.set(number, now);
  }

  /** Whether it was accepted, for the first time or again, after a moment. */
  boolean isAcceptedSince(int number, long moment) {
    return isAccepted(number) && lastAcceptedAt.get(number) - moment >= 0;
  }

  /** It lies on the dead-letter topic. */
  void dead(int number) {
    dead.set(number, 1);
  }

  /** Whether no more can be published. */
  boolean isFull() {
    return size == capacity;
  }

  /** How many were handed to the broker, acknowledged or not. */
  int size() {
    return size;
  }

  boolean isPublished(int number) {
    return acknowledged.get(number) > 0;
  }

  boolean isAccepted(int number) {
    return accepted.get(number) > 0;
  }

  boolean isDead(int number) {
    return dead.get(number) > 0;
  }

  /** Published, and neither accepted nor dead. */
  boolean isOpen(int number) {
    return isPublished(number) && !isAccepted(number) && !isDead(number);
  }

  /** How often it was accepted beyond the first time. */
  int repetitions(int number) {
    return Math.max(0, accepted.get(number) - 1);
  }

  /** Attempts that have arrived, over all events. */
  long arrivals() {
    return numbers().mapToLong(arrived::get).sum();
  }

  long publishedAt(int number) {
    return publishedAt.get(number);
  }

  long acceptedAt(int number) {
    return acceptedAt.get(number);
  }

  /** From publishing to the first acceptance. */
  long latencyNanos(int number) {
    return acceptedAt.get(number) - publishedAt.get(number);
  }

  IntStream numbers() {
    return IntStream.range(0, size);
  }

  /** How many events of some kind were accepted a second, between two moments. */
  double acceptedPerSecond(IntPredicate which, long from, long until) {
    long count =
        numbers()
            .filter(which)
            .filter(this::isAccepted)
            .filter(number -> acceptedAt(number) - from >= 0 && acceptedAt(number) - until < 0)
            .count();
    return count * 1e9 / Math.max(1, until - from);
  }

  long count(IntPredicate condition) {
    return numbers().filter(condition).count();
  }

  /**
   * The latency that 99 of 100 events do not exceed, in milliseconds; not a number if none was
   * accepted.
   */
  double p99Millis(IntPredicate which) {
    long[] sorted =
        numbers().filter(which).filter(this::isAccepted).mapToLong(this::latencyNanos).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[(sorted.length * 99 - 1) / 100] / 1e6;
  }
}

package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches all exchanges. Each waits for the same two durations, so that a queue in order of start
 * does for each what a timer wheel would: only its head can be due.
 */
final class Timers {

  /**
   * How late a timer may fire; a hundredth of the shortest duration that is configured sensibly.
   */
  private static final Duration TICK = Duration.ofMillis(10);

  private final HttpLimits limits;
  private final Queue<Exchange> fresh = new ConcurrentLinkedQueue<>();
  private final Queue<Exchange> slow = new ConcurrentLinkedQueue<>();
  private final Thread thread;

  /** Null until it is closed; then what every exchange ends with. */
  private volatile @Nullable Outcome closed;

  Timers(HttpLimits limits) {
    this.limits = limits;
    this.thread = Thread.ofPlatform().name("dispatcher-timers").daemon().start(this::run);
  }

  /** Watches an exchange; one that comes too late ends at once. */
  void watch(Exchange exchange) {
    fresh.add(exchange);
    Outcome outcome = closed;
    if (outcome != null) {
      abortAll(fresh, outcome);
    }
  }

  /** Stops, and ends all exchanges that are under way or still come with this outcome. */
  void close(Outcome outcome) {
    closed = outcome;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    abortAll(fresh, outcome);
    abortAll(slow, outcome);
  }

  private void run() {
    while (closed == null) {
      expire(
          fresh,
          limits.slowAfter(),
          exchange -> {
            slow.add(exchange);
            exchange.slow();
          });
      expire(
          slow,
          limits.deadline(),
          exchange -> exchange.abort(new Outcome.TimedOut(limits.deadline())));
      LockSupport.parkNanos(TICK.toNanos());
    }
  }

  private static void abortAll(Queue<Exchange> queue, Outcome outcome) {
    for (Exchange head = queue.poll(); head != null; head = queue.poll()) {
      if (!head.isOver()) {
        head.abort(outcome);
      }
    }
  }

  private static void expire(Queue<Exchange> queue, Duration age, Consumer<Exchange> action) {
    for (Exchange head = queue.peek(); head != null; head = queue.peek()) {
      if (!head.isOver()) {
        if (!head.isOlderThan(age)) {
          return;
        }
        queue.poll();
        action.accept(head);
      } else {
        queue.poll();
      }
    }
  }
}

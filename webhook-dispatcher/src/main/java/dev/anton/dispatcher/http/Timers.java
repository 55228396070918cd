package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

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
  private volatile boolean stopped;

  Timers(HttpLimits limits) {
    this.limits = limits;
    this.thread = Thread.ofPlatform().name("dispatcher-timers").daemon().start(this::run);
  }

  void watch(Exchange exchange) {
    fresh.add(exchange);
  }

  /** Stops, and ends all exchanges that are under way with this outcome. */
  void close(Outcome outcome) {
    stopped = true;
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
    while (!stopped) {
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

package dev.anton.bench.deliveries;

import dev.anton.bench.load.EventLoader;
import dev.anton.bench.sink.Arrivals;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Sends events and watches what arrives of them. */
final class Traffic {

  /** Events on their way: enough to keep the dispatcher busy, few enough to drain in seconds. */
  static final long AHEAD = 30_000;

  static final Duration DRAIN = Duration.ofMinutes(10);

  private final EventLoader loader;
  private final Arrivals arrivals;
  private final int endpoints;

  Traffic(EventLoader loader, Arrivals arrivals, int endpoints) {
    this.loader = loader;
    this.arrivals = arrivals;
    this.endpoints = endpoints;
  }

  /**
   * Events at a rate.
   *
   * @param firstEndpoint arrivals at those before it do not count
   */
  Window steady(int rate, int firstEndpoint, Duration time) throws InterruptedException {
    Thread load = Thread.ofPlatform().start(() -> loader.atRate(rate, time.plusSeconds(4)));
    Thread.sleep(Duration.ofSeconds(2));
    Window window = watch(() -> arrivals.fromEndpoint(firstEndpoint), time);
    load.join();
    return window;
  }

  /** As many events as the stack takes. */
  Window full(int firstEndpoint, Duration time) throws InterruptedException {
    LongSupplier healthy = () -> arrivals.fromEndpoint(firstEndpoint);
    long offset = loader.sent();
    long before = healthy.getAsLong();
    // What the hanging ones are owed is not counted as being on its way.
    double share = 1.0 - (double) firstEndpoint / endpoints;
    Thread load =
        Thread.ofPlatform()
            .start(
                () ->
                    loader.ahead(
                        AHEAD,
                        () -> offset + Math.round((healthy.getAsLong() - before) / share),
                        time.plusSeconds(4)));
    Thread.sleep(Duration.ofSeconds(3));
    Window window = watch(healthy, time);
    load.join();
    return window;
  }

  /** What comes in a time, by a counter. */
  Window watch(LongSupplier counter, Duration time) throws InterruptedException {
    Histogram latencies = new Histogram(arrivals.latencies());
    latencies.reset();
    long start = System.nanoTime();
    long first = counter.getAsLong();
    long last = first;
    long worst = Long.MAX_VALUE;
    long best = 0;
    for (int second = 1; second <= time.toSeconds(); second++) {
      TimeUnit.NANOSECONDS.sleep(start + second * 1_000_000_000L - System.nanoTime());
      long now = counter.getAsLong();
      worst = Math.min(worst, now - last);
      best = Math.max(best, now - last);
      last = now;
      latencies.add(arrivals.latencies());
    }
    return new Window(
        last - first, Duration.ofNanos(System.nanoTime() - start), worst, best, latencies);
  }

  /** Returns when all that was sent has arrived. */
  void awaitAll() throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (arrivals.total() < loader.sent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Only %,d of %,d events arrived".formatted(arrivals.total(), loader.sent()));
      }
      Thread.sleep(50);
    }
  }
}

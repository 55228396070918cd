package dev.anton.bench.deliveries;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What arrived in a stretch of time.
 *
 * @param worstSecond the fewest arrivals in one of its seconds
 * @param bestSecond the most
 */
record Window(
    long arrivals, Duration time, long worstSecond, long bestSecond, Histogram latencies) {

  double perSecond() {
    return arrivals * 1e9 / time.toNanos();
  }

  double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }

  /** Of this much CPU time, what each arrival cost. */
  double micros(Duration cpu) {
    return cpu.toNanos() / 1e3 / arrivals;
  }
}

package dev.anton.bench.sink;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What arrived at the sink: how many, and how long after they were sent. */
public final class Arrivals {

  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final AtomicLong posts = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private final AtomicLongArray byEndpoint;
  private final SingleWriterRecorder latency = new SingleWriterRecorder(LONGEST_NANOS, 3);
  private volatile int hanging;

  public Arrivals(int endpoints) {
    this.byEndpoint = new AtomicLongArray(endpoints);
  }

  /** From now on, endpoints below this number take requests and never answer them. */
  public void hang(int endpoints) {
    hanging = endpoints;
  }

  /** Everything, the bare client's posts included. */
  public long posts() {
    return posts.get();
  }

  /** Events. */
  public long total() {
    return total.get();
  }

  /** Those at endpoints from this number on. */
  public long fromEndpoint(int first) {
    long sum = 0;
    for (int i = first; i < byEndpoint.length(); i++) {
      sum += byEndpoint.get(i);
    }
    return sum;
  }

  /** Latencies in ns since the last call, those of hanging endpoints left out. */
  public Histogram latencies() {
    return latency.getIntervalHistogram();
  }

  /** Called by the sink's thread alone; returns whether to answer. */
  boolean arrived(int endpoint, long sentAtNanos) {
    posts.lazySet(posts.getPlain() + 1);
    if (sentAtNanos == 0) {
      return true;
    }
    total.lazySet(total.getPlain() + 1);
    byEndpoint.lazySet(endpoint, byEndpoint.getPlain(endpoint) + 1);
    if (endpoint < hanging) {
      return false;
    }
    latency.recordValue(Math.clamp(System.nanoTime() - sentAtNanos, 0, LONGEST_NANOS));
    return true;
  }
}

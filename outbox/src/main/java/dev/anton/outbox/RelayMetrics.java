package dev.anton.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an operator sees of the relay. */
final class RelayMetrics {

  private final Counter sent;
  private final Counter failures;
  private final Counter blocked;
  private final AtomicInteger lanes = new AtomicInteger();
  private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();

  RelayMetrics(MeterRegistry registry, Clock clock) {
    this.sent =
        Counter.builder("anton.outbox.sent")
            .description("Records that Kafka acknowledged")
            .register(registry);
    this.failures =
        Counter.builder("anton.outbox.failures")
            .description("Tries of the relay that failed and are repeated")
            .register(registry);
    this.blocked =
        Counter.builder("anton.outbox.blocked")
            .description("Records that Kafka will never take; their key waits")
            .register(registry);
    Gauge.builder("anton.outbox.lanes", lanes, AtomicInteger::get)
        .description("Lanes that this replica sends")
        .register(registry);
    Gauge.builder("anton.outbox.oldest", oldest, age -> seconds(age.get(), clock))
        .description("Age of the oldest record that was waiting at the last look")
        .baseUnit("seconds")
        .register(registry);
  }

  void sent(int records) {
    sent.increment(records);
  }

  void failed() {
    failures.increment();
  }

  void blocked() {
    blocked.increment();
  }

  void lanes(int held) {
    lanes.set(held);
  }

  void oldest(@Nullable Instant createdAt) {
    oldest.set(createdAt);
  }

  private static double seconds(@Nullable Instant since, Clock clock) {
    return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
  }
}

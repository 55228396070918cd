package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.lane.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what becomes of deliveries. */
final class DispatchMetrics {

  private final MeterRegistry meters;
  private final ConcurrentHashMap<String, Timer> attempts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Counter> deliveries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Refusal, Counter> turnedAway = new ConcurrentHashMap<>();
  private final Timer latency;

  DispatchMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.latency =
        Timer.builder("anton.delivery.latency")
            .description("From the event's time to the answer of a first attempt that succeeded")
            .register(meters);
  }

  void attempted(Attempt attempt) {
    attempts
        .computeIfAbsent(
            attempt.outcome().name(),
            outcome ->
                Timer.builder("anton.attempts")
                    .description("Attempts by outcome and how long they took")
                    .tag("outcome", outcome)
                    .register(meters))
        .record(attempt.duration());
  }

  void arrived(Delivery delivery, Attempt attempt) {
    count("delivered");
    if (attempt.number() == 1) {
      Duration sinceEvent =
          Duration.between(
              delivery.inbound().event().time(), attempt.at().plus(attempt.duration()));
      latency.record(sinceEvent.isNegative() ? Duration.ZERO : sinceEvent);
    }
  }

  /** It waits for its endpoint, its rate or its tenant's share. */
  void turnedAway(Refusal refusal) {
    turnedAway
        .computeIfAbsent(
            refusal,
            reason ->
                Counter.builder("anton.lanes.turned.away")
                    .description("Deliveries that were parked without an attempt, by reason")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(meters))
        .increment();
  }

  /**
   * @param result {@code delivered}, {@code parked}, {@code exhausted} or {@code skipped}
   */
  void count(String result) {
    deliveries
        .computeIfAbsent(
            result,
            name ->
                Counter.builder("anton.deliveries")
                    .description("Deliveries by what became of them")
                    .tag("result", name)
                    .register(meters))
        .increment();
  }
}

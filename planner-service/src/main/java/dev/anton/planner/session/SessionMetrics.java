package dev.anton.planner.session;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What operators see of planning. */
@Component
class SessionMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();

  SessionMetrics(MeterRegistry registry, SessionRepository repository, Clock clock) {
    this.registry = registry;
    registry.gauge("anton.planner.workers.active", active);
    TimeGauge.builder(
            "anton.planner.queue.age",
            () -> queueAge(repository, clock).toMillis(),
            TimeUnit.MILLISECONDS)
        .description("How long the oldest session has waited for a worker")
        .register(registry);
  }

  void ended(SessionStatus outcome) {
    registry.counter("anton.planner.sessions", "outcome", outcome.wire()).increment();
  }

  /** A worker found that its session was taken over or cancelled. */
  void leaseLost() {
    registry.counter("anton.planner.leases.lost").increment();
  }

  Timer step(Step step) {
    return registry.timer("anton.planner.step", "step", step.wire());
  }

  void workerStarted() {
    active.incrementAndGet();
  }

  void workerStopped() {
    active.decrementAndGet();
  }

  private static Duration queueAge(SessionRepository repository, Clock clock) {
    return repository
        .oldestQueued()
        .map(since -> Duration.between(since, clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}

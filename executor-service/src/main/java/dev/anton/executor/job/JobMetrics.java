package dev.anton.executor.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What operators see of the jobs. */
@Component
class JobMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger overdue = new AtomicInteger();
  private final AtomicLong oldestQueuedMs = new AtomicLong();

  JobMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("anton.jobs.running", running, AtomicInteger::get)
        .description("Jobs that this replica works on")
        .register(registry);
    Gauge.builder("anton.jobs.plugins.overdue", overdue, AtomicInteger::get)
        .description("Plugins that go on although nobody wants their result; each holds a slot")
        .register(registry);
    Gauge.builder("anton.jobs.oldest.queued", oldestQueuedMs, ms -> ms.get() / 1000.0)
        .description("Age of the oldest job that nobody has begun")
        .baseUnit("seconds")
        .register(registry);
  }

  void finished(JobStatus outcome) {
    registry.counter("anton.jobs.finished", "outcome", outcome.wireName()).increment();
  }

  void takenOver() {
    registry.counter("anton.jobs.taken.over").increment();
  }

  void pluginRan(String plugin, PluginOutcome outcome, Duration duration) {
    registry
        .timer("anton.jobs.plugin.duration", "plugin", plugin, "outcome", outcome.tag())
        .record(duration);
  }

  AtomicInteger running() {
    return running;
  }

  AtomicInteger overdue() {
    return overdue;
  }

  void oldestQueued(Duration age) {
    oldestQueuedMs.set(age.toMillis());
  }
}

package dev.anton.executor.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many executions wait, and for how long; of all replicas together. */
@Component
class QueueGauges {

  private record Queue(long size, double oldestSeconds) {}

  private final JdbcClient jdbc;
  private volatile Queue queue = new Queue(0, 0);

  QueueGauges(JdbcClient jdbc, MeterRegistry registry) {
    this.jdbc = jdbc;
    Gauge.builder("anton.executions.queued", this, gauges -> gauges.queue.size())
        .description("Executions that nobody has begun")
        .register(registry);
    Gauge.builder("anton.executions.queued.oldest", this, gauges -> gauges.queue.oldestSeconds())
        .description("How long the oldest of them has waited")
        .baseUnit("seconds")
        .register(registry);
  }

  @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
  void look() {
    queue =
        jdbc.sql(
                """
                SELECT count(*) AS size,
                  coalesce(extract(epoch FROM now() - min(created_at)), 0) AS oldest
                FROM executions
                WHERE status = 'queued' AND control = 'run'
                """)
            .query((row, _) -> new Queue(row.getLong("size"), row.getDouble("oldest")))
            .single();
  }
}

package dev.anton.dispatcher.journal;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks after the partitions before anything is consumed, and from then on regularly. A failure is
 * no reason to stop: the partitions reach some days ahead, and rows without one have the default.
 */
final class PartitionMaintenance implements SmartLifecycle {

  /** Before everything that delivers. */
  static final int PHASE = -1000;

  private static final Logger log = LoggerFactory.getLogger(PartitionMaintenance.class);

  private final DayPartitions partitions;
  private final JournalSettings settings;
  private volatile boolean running;
  private @Nullable ScheduledExecutorService executor;

  PartitionMaintenance(DayPartitions partitions, JournalSettings settings) {
    this.partitions = partitions;
    this.settings = settings;
  }

  @Override
  public void start() {
    maintain();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dispatcher-partitions").daemon().factory());
    long millis = settings.maintenance().toMillis();
    var _ = timer.scheduleWithFixedDelay(this::maintain, millis, millis, TimeUnit.MILLISECONDS);
    executor = timer;
    running = true;
  }

  @Override
  public void stop() {
    ScheduledExecutorService timer = executor;
    if (timer != null) {
      timer.shutdownNow();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private void maintain() {
    try {
      partitions.maintain();
    } catch (SQLException | RuntimeException e) {
      log.error("The journal's partitions could not be looked after", e);
    }
  }
}

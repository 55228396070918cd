package dev.anton.api.idempotency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Deletes expired keys now and then, in short statements; any number of replicas may. */
final class ExpirySweep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExpirySweep.class);

  /** A few milliseconds of work for one statement. */
  private static final int BATCH = 1_000;

  /** A sweep ends after 100,000 rows; the next goes on. */
  private static final int MAX_BATCHES = 100;

  private final IdempotencyKeys keys;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idempotency-sweep").factory());

  ExpirySweep(IdempotencyKeys keys) {
    this.keys = keys;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the sweep never fails, and ends with the timer
  void start(Duration interval) {
    timer.scheduleWithFixedDelay(
        this::sweep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  void sweep() {
    try {
      int deleted = BATCH;
      for (int batch = 0; batch < MAX_BATCHES && deleted == BATCH; batch++) {
        deleted = keys.deleteExpired(BATCH);
      }
    } catch (DataAccessException e) {
      log.warn("Expired idempotency keys could not be deleted; trying again later", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

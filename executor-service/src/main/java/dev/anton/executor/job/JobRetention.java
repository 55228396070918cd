package dev.anton.executor.job;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes jobs that finished longer ago than anyone may ask for. Every replica may do it. */
@Component
class JobRetention {

  private static final Logger log = LoggerFactory.getLogger(JobRetention.class);

  /** Rows of one transaction. */
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final JobsProperties properties;

  JobRetention(JdbcClient jdbc, JobsProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * @return how many were deleted
   */
  @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  int deleteExpired() {
    int deleted = 0;
    int batch;
    do {
      batch =
          jdbc.sql(
                  """
                  DELETE FROM jobs
                   WHERE id IN (
                         SELECT id FROM jobs
                          WHERE finished_at < now() - :retentionMs * interval '1 millisecond'
                          ORDER BY finished_at
                          LIMIT :batch
                          FOR UPDATE SKIP LOCKED)
                  """)
              .param("retentionMs", properties.retention().toMillis())
              .param("batch", BATCH)
              .update();
      deleted += batch;
    } while (batch == BATCH);
    if (deleted > 0) {
      log.info("{} jobs past their retention deleted", deleted);
    }
    return deleted;
  }
}

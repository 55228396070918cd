package dev.anton.outbox;

import dev.anton.outbox.PendingRecords.Pending;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.RowMapper;

/**
 * The database of a process that stands still right after it has read records for the first time.
 */
final class StandingStill extends JdbcTemplate {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch awake = new CountDownLatch(1);

  StandingStill(DataSource dataSource) {
    super(dataSource);
  }

  void awaitRead() throws InterruptedException {
    reached.await();
  }

  void wakeUp() {
    awake.countDown();
  }

  @Override
  public <T> List<T> query(PreparedStatementCreator statement, RowMapper<T> mapper) {
    List<T> rows = super.query(statement, mapper);
    if (!rows.isEmpty() && rows.getFirst() instanceof Pending) {
      reached.countDown();
      try {
        awake.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return rows;
  }
}

package dev.anton.dispatcher.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The database of a process that stands still before its first commit. */
final class FrozenAtCommit extends DelegatingDataSource {

  private final CountDownLatch awake;
  private final CountDownLatch reached = new CountDownLatch(1);

  FrozenAtCommit(DataSource dataSource, CountDownLatch awake) {
    super(dataSource);
    this.awake = awake;
  }

  void awaitCommit() throws InterruptedException {
    reached.await();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("commit")) {
                reached.countDown();
                awake.await();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.ChangeAnnouncements;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Listens for announced changes on a connection of its own. Fails open: without it, changes of
 * other replicas are seen at the next interval.
 */
@Component
class ChangeListener implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ChangeListener.class);

  /** How long one wait on the socket lasts, and with it a stop. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** Waits after which the connection is tried: a peer that vanished sends nothing. */
  private static final int WAITS_PER_PROBE = 10;

  private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

  private final JdbcConnectionDetails database;
  private final IndexSyncLoop loop;
  private final IndexProperties properties;
  private volatile @Nullable Thread thread;

  ChangeListener(JdbcConnectionDetails database, IndexSyncLoop loop, IndexProperties properties) {
    this.database = database;
    this.loop = loop;
    this.properties = properties;
  }

  @Override
  public void start() {
    if (properties.listen()) {
      Thread created = Thread.ofVirtual().name("subscription-listener").unstarted(this::run);
      thread = created;
      created.start();
    }
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    while (isCurrent()) {
      try (Connection connection = connect()) {
        listen(connection);
      } catch (SQLException e) {
        if (isCurrent()) {
          log.warn("announcements of changes cannot be heard: {}", e.toString());
        }
      }
      try {
        Thread.sleep(RECONNECT_AFTER);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + ChangeAnnouncements.CHANNEL);
      loop.wake(); // for what was announced while nobody listened
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (int waits = 1; isCurrent(); waits++) {
        PGNotification[] heard = postgres.getNotifications((int) WAIT.toMillis());
        if (heard != null && heard.length > 0) {
          loop.wake();
        } else if (waits % WAITS_PER_PROBE == 0) {
          statement.execute("select 1");
        }
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties settings = new Properties();
    set(settings, PGProperty.USER, database.getUsername());
    set(settings, PGProperty.PASSWORD, database.getPassword());
    set(settings, PGProperty.APPLICATION_NAME, "anton subscription listener");
    set(settings, PGProperty.TCP_KEEP_ALIVE, "true");
    set(settings, PGProperty.CONNECT_TIMEOUT, "5");
    set(settings, PGProperty.SOCKET_TIMEOUT, "10");
    return DriverManager.getConnection(database.getJdbcUrl(), settings);
  }

  private static void set(Properties settings, PGProperty property, @Nullable String value) {
    if (value != null) {
      property.set(settings, value);
    }
  }

  private boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }
}

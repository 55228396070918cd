package dev.anton.dispatcher.subscription;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other replicas that subscriptions changed. Notifications of a commit queue up behind a
 * lock of the whole cluster, so they are sent outside of the change's transaction, at most one on
 * its way at a time. Fails open: without one the change is seen at the next interval.
 */
@Component
public class ChangeAnnouncements {

  /** The channel of PostgreSQL's NOTIFY. */
  public static final String CHANNEL = "anton_subscriptions";

  private static final Logger log = LoggerFactory.getLogger(ChangeAnnouncements.class);

  private final JdbcClient jdbc;
  private final AtomicBoolean pending = new AtomicBoolean();

  ChangeAnnouncements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** To be called after the commit. */
  void announce() {
    if (pending.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::send);
    }
  }

  private void send() {
    pending.set(false); // before sending: a later change may have missed this one
    try {
      jdbc.sql("select pg_notify(?, '')").param(CHANNEL).query().singleRow();
    } catch (DataAccessException e) {
      log.warn("a change of subscriptions could not be announced: {}", e.toString());
    }
  }
}

package dev.anton.planner.session;

import dev.anton.lease.Lease;
import java.util.function.BooleanSupplier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Tells work that takes minutes whether anybody still waits for it. */
@Component
class StillWanted {

  /** How long an answer is believed: long work asks often, and the database has others to serve. */
  private static final long BELIEVED_NANOS = 1_000_000_000L;

  private final SessionRepository repository;
  private volatile boolean closing;

  StillWanted(SessionRepository repository) {
    this.repository = repository;
  }

  /**
   * For one worker, and not to be shared between threads. Says no once the session has ended, is
   * somebody else's, or this replica shuts down, after which another one begins the step again.
   */
  BooleanSupplier of(Lease lease) {
    return new BooleanSupplier() {
      private long asked = System.nanoTime() - BELIEVED_NANOS;
      private boolean wanted = true;

      @Override
      public boolean getAsBoolean() {
        if (closing) {
          return false;
        }
        if (wanted && System.nanoTime() - asked >= BELIEVED_NANOS) {
          wanted = isWorkedOn(lease);
          asked = System.nanoTime();
        }
        return wanted;
      }
    };
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  /** Fails open: what comes of the work is refused anyway if the lease is lost. */
  private boolean isWorkedOn(Lease lease) {
    try {
      return repository.isWorkedOn(lease);
    } catch (DataAccessException | TransactionException e) {
      return true;
    }
  }
}

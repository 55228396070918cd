package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.ReplicaIdentity;
import dev.anton.dispatcher.subscription.ReplicaRegister;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Reads what changed and tells the others, who wait for it before they answer for their changes.
 * Each time they are told, this replica may match for most of a lease. If it then stalls or cannot
 * tell them, it stops by itself before they give it up. Fails closed.
 */
@Component
class IndexRound {

  private static final Logger log = LoggerFactory.getLogger(IndexRound.class);

  /**
   * Shorter than the lease, which begins later, when the database writes the row: the rest covers
   * clocks that do not run at the same pace.
   */
  private static final Duration CURRENT = ReplicaRegister.LEASE.multipliedBy(9).dividedBy(10);

  private final IndexSync sync;
  private final InMemorySubscriptionIndex index;
  private final ReplicaRegister register;
  private final String self;
  private final Counter struckOff;
  private boolean joined;

  IndexRound(
      IndexSync sync,
      InMemorySubscriptionIndex index,
      ReplicaRegister register,
      ReplicaIdentity self,
      MeterRegistry meters) {
    this.sync = sync;
    this.index = index;
    this.register = register;
    this.self = self.id();
    this.struckOff =
        Counter.builder("anton.subscriptions.struck.off")
            .description("Times that the others went on without this replica")
            .register(meters);
    Gauge.builder("anton.subscriptions.current", index, i -> i.isCurrent() ? 1 : 0)
        .description("Whether this replica may match: the others wait for it")
        .register(meters);
  }

  /**
   * One round.
   *
   * @return false if the others have given this replica up meanwhile; the next round joins anew
   * @throws DataAccessException if the database does not answer
   */
  boolean run() {
    if (!index.isLoaded()) {
      sync.sync(); // may take longer than a lease; nobody is to wait for it
    }
    if (!joined) {
      register.join(self);
      joined = true;
    }
    long round = register.nextRound();
    sync.sync();
    long told = System.nanoTime();
    joined = register.applied(self, round);
    if (joined) {
      index.currentUntil(told + CURRENT.toNanos());
    } else {
      struckOff.increment();
      log.warn("this replica was silent for so long that the others went on without it");
    }
    return joined;
  }

  /** Matches nothing from now on, so that nobody waits for it. */
  void leave() {
    index.currentUntil(System.nanoTime());
    if (joined) {
      joined = false;
      boolean interrupted = Thread.interrupted(); // a stop is; it would get no connection
      try {
        register.leave(self);
      } catch (DataAccessException e) {
        log.info("the others wait for the lease of this replica to end: {}", e.toString());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}

package dev.anton.dispatcher.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery is parked.
 *
 * @param dueAt when it is due; for a leased one, when the lease ends
 * @param leaseOwner the replica whose attempt is still running, null if none is
 * @param deadLetterId what an exhausted one will be called
 * @param reason why it waits, for the subscription's owner
 */
public record Parking(
    ParkedState state,
    Instant dueAt,
    @Nullable String leaseOwner,
    @Nullable String deadLetterId,
    String reason) {

  /** The token of a row that is inserted with a lease. */
  public static final long FIRST_TOKEN = 1;

  public static Parking due(Instant at, String reason) {
    return new Parking(ParkedState.DUE, at, null, null, reason);
  }

  public static Parking waiting(Instant now, String reason) {
    return new Parking(ParkedState.WAITING, now, null, null, reason);
  }

  public static Parking exhausted(Instant now, String deadLetterId, String reason) {
    return new Parking(ParkedState.EXHAUSTED, now, null, deadLetterId, reason);
  }

  /** It waits for its turn; the delivery has to stand in a line. */
  public static Parking behind(Instant now) {
    return new Parking(
        ParkedState.BEHIND, now, null, null, "in line behind earlier deliveries of its key");
  }

  /** An attempt is running; if this replica dies, the row is due when the lease ends. */
  public static Parking leased(Instant until, String owner) {
    return new Parking(ParkedState.DUE, until, owner, null, "the endpoint is slow to answer");
  }

  boolean isLeased() {
    return leaseOwner != null;
  }
}

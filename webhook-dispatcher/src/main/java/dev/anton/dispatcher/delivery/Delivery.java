package dev.anton.dispatcher.delivery;

import dev.anton.schemas.id.Ids;
import java.time.Instant;

/**
 * One event on its way to one subscription.
 *
 * @param replayId empty unless a replay asked for it
 * @param attemptsUsed attempts that were made before
 * @param fencingToken of the lease on its parked row; {@link #NOT_PARKED} while it has no row
 */
public record Delivery(
    String id,
    String subscriptionId,
    InboundEvent inbound,
    String replayId,
    int attemptsUsed,
    long fencingToken,
    Instant createdAt) {

  public static final long NOT_PARKED = 0;

  /** A delivery that was never attempted. */
  public static Delivery first(String subscriptionId, InboundEvent inbound, Instant now) {
    return new Delivery(Ids.delivery(), subscriptionId, inbound, "", 0, NOT_PARKED, now);
  }

  public boolean isParked() {
    return fencingToken != NOT_PARKED;
  }

  /** The same delivery, once it has a row that is leased with this token. */
  public Delivery leased(long token) {
    return new Delivery(id, subscriptionId, inbound, replayId, attemptsUsed, token, createdAt);
  }
}

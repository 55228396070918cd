package dev.anton.dispatcher.delivery;

import dev.anton.schemas.id.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one subscription.
 *
 * @param replayId empty unless a replay asked for it
 * @param attemptsUsed attempts that were made before
 * @param fencingToken of the lease on its parked row; {@link #NOT_PARKED} while it has no row
 * @param orderKey the line in which it stands, among those of its subscription; null if it may be
 *     delivered whenever there is room
 */
public record Delivery(
    String id,
    String subscriptionId,
    InboundEvent inbound,
    String replayId,
    int attemptsUsed,
    long fencingToken,
    Instant createdAt,
    @Nullable Long orderKey) {

  public static final long NOT_PARKED = 0;

  /** A delivery that stands in no line. */
  public Delivery(
      String id,
      String subscriptionId,
      InboundEvent inbound,
      String replayId,
      int attemptsUsed,
      long fencingToken,
      Instant createdAt) {
    this(id, subscriptionId, inbound, replayId, attemptsUsed, fencingToken, createdAt, null);
  }

  /** A delivery that was never attempted. */
  public static Delivery first(String subscriptionId, InboundEvent inbound, Instant now) {
    return new Delivery(Ids.delivery(), subscriptionId, inbound, "", 0, NOT_PARKED, now);
  }

  public boolean isParked() {
    return fencingToken != NOT_PARKED;
  }

  /** The same delivery, once it has a row that is leased with this token. */
  public Delivery leased(long token) {
    return new Delivery(
        id, subscriptionId, inbound, replayId, attemptsUsed, token, createdAt, orderKey);
  }

  /**
   * The same delivery in line behind the earlier ones of its key, topic, partition and replay. One
   * whose record has no key has nothing to be in order with and stays as it is.
   */
  public Delivery inLine() {
    byte[] key = inbound.rawKey();
    return key == null
        ? this
        : new Delivery(
            id,
            subscriptionId,
            inbound,
            replayId,
            attemptsUsed,
            fencingToken,
            createdAt,
            OrderKey.of(replayId, inbound.position(), key));
  }

  public boolean isInLine() {
    return orderKey != null;
  }
}

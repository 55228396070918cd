package dev.anton.dispatcher.subscription;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.subscription.SubscriptionRow.Keys;
import dev.anton.dispatcher.subscription.SubscriptionRow.SealedPair;
import java.time.Duration;
import java.time.Instant;

/**
 * New keys for a subscription: a new secret if it has one, is given one or signs with nothing, and
 * a new key pair if it has one.
 *
 * @param sealedSecret used where a new secret is called for
 * @param pair used where a new key pair is
 * @param grace how long the old ones go on signing beside the new; zero for not at all
 */
record KeyRotation(String sealedSecret, boolean secretGiven, SealedPair pair, Duration grace) {

  /**
   * The keys after it.
   *
   * @throws ProblemException if the old ones are in a grace period already
   */
  Keys apply(Keys before, Instant now) {
    boolean hasPair = before.pair().isThere();
    boolean newSecret = secretGiven || before.sealedKey() != null || !hasPair;
    if (grace.isZero()) {
      return new Keys(
          newSecret ? sealedSecret : null,
          null,
          null,
          hasPair ? pair : SealedPair.NONE,
          SealedPair.NONE);
    }
    if (before.graceUntil() != null) {
      throw ProblemException.conflict(
          "rotation-running",
          "A rotation runs already; wait for its end, or rotate with gracePeriod 0s");
    }
    boolean firstSecret = newSecret && before.sealedKey() == null;
    boolean secretChanges = newSecret && !firstSecret;
    return new Keys(
        firstSecret ? sealedSecret : before.sealedKey(),
        secretChanges ? sealedSecret : null,
        secretChanges || hasPair ? now.plus(grace) : null,
        before.pair(),
        hasPair ? pair : SealedPair.NONE);
  }

  /** Whether the new secret is among these keys. */
  boolean gaveSecret(Keys after) {
    return sealedSecret.equals(after.sealedKey()) || sealedSecret.equals(after.sealedNextKey());
  }
}

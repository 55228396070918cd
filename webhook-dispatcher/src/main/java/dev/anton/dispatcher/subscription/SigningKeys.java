package dev.anton.dispatcher.subscription;

import org.jspecify.annotations.Nullable;

/**
 * The raw HMAC keys of a subscription with a secret.
 *
 * @param current what {@code X-Anton-Signature} is made with
 * @param next the new key while a rotation's grace period runs
 */
@SuppressWarnings("ArrayRecordComponent") // key bytes go straight into the MAC
public record SigningKeys(byte[] current, byte @Nullable [] next) {

  /** Says nothing of the keys, so that no log line can. */
  @Override
  public String toString() {
    return next == null ? "SigningKeys[current]" : "SigningKeys[current, next]";
  }
}

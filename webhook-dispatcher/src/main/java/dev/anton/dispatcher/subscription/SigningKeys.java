package dev.anton.dispatcher.subscription;

import java.security.PrivateKey;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys a subscription's deliveries are signed with: of a secret, of a key pair, or both.
 *
 * @param current the secret's raw bytes, what {@code X-Anton-Signature} is made with; null without
 *     a secret
 * @param next the new secret while a rotation's grace period runs
 * @param privateKey Ed25519; null unless the subscription asked for asymmetric signatures
 * @param nextPrivateKey the new one while a rotation's grace period runs
 */
@SuppressWarnings("ArrayRecordComponent") // key bytes go straight into the MAC
public record SigningKeys(
    byte @Nullable [] current,
    byte @Nullable [] next,
    @Nullable PrivateKey privateKey,
    @Nullable PrivateKey nextPrivateKey) {

  /** Of a secret alone. */
  public SigningKeys(byte[] current, byte @Nullable [] next) {
    this(current, next, null, null);
  }

  /** Says nothing of the keys, so that no log line can. */
  @Override
  public String toString() {
    return Stream.of(
            current == null ? "" : "secret",
            next == null ? "" : "next secret",
            privateKey == null ? "" : "private key",
            nextPrivateKey == null ? "" : "next private key")
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(", ", "SigningKeys[", "]"));
  }
}

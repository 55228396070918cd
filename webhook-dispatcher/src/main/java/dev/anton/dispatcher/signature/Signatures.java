package dev.anton.dispatcher.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.subscription.SigningKeys;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one attempt.
 *
 * @param hex {@code X-Anton-Signature}: lower-case hex HMAC-SHA256 of the body; null without a
 *     secret
 * @param nextHex {@code X-Anton-Signature-Next}: the same by the new secret while a rotation's
 *     grace period runs
 * @param standard {@code webhook-signature} of Standard Webhooks 1.0.0 over {@code
 *     id.timestamp.body}, one per key with a space between: {@code v1,} and base64 HMAC-SHA256 for
 *     a secret, {@code v1a,} and base64 Ed25519 for a private key
 */
public record Signatures(@Nullable String hex, @Nullable String nextHex, String standard) {

  private static final HexFormat HEX = HexFormat.of();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  /**
   * @param id goes out as {@code webhook-id}
   * @param unixSeconds goes out as {@code webhook-timestamp}
   * @param body exactly the bytes that are sent
   */
  public static Signatures of(SigningKeys keys, String id, long unixSeconds, byte[] body) {
    byte[] prefix = (id + "." + unixSeconds + ".").getBytes(UTF_8);
    StringBuilder standard = new StringBuilder(64);
    symmetric(standard, keys.current(), prefix, body);
    symmetric(standard, keys.next(), prefix, body);
    asymmetric(standard, keys.privateKey(), prefix, body);
    asymmetric(standard, keys.nextPrivateKey(), prefix, body);
    return new Signatures(hex(keys.current(), body), hex(keys.next(), body), standard.toString());
  }

  private static @Nullable String hex(byte @Nullable [] key, byte[] body) {
    return key == null ? null : HEX.formatHex(Hmac.of(key, body));
  }

  private static void symmetric(
      StringBuilder all, byte @Nullable [] key, byte[] prefix, byte[] body) {
    if (key != null) {
      add(all, "v1,", Hmac.of(key, prefix, body));
    }
  }

  private static void asymmetric(
      StringBuilder all, @Nullable PrivateKey key, byte[] prefix, byte[] body) {
    if (key != null) {
      add(all, "v1a,", Ed25519.sign(key, prefix, body));
    }
  }

  private static void add(StringBuilder all, String version, byte[] signature) {
    if (!all.isEmpty()) {
      all.append(' ');
    }
    all.append(version).append(BASE64.encodeToString(signature));
  }
}

package dev.anton.dispatcher.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.subscription.SigningKeys;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one attempt.
 *
 * @param hex {@code X-Anton-Signature}: lower-case hex HMAC-SHA256 of the body
 * @param nextHex {@code X-Anton-Signature-Next}: the same by the new key while a rotation's grace
 *     period runs
 * @param standard {@code webhook-signature} of Standard Webhooks 1.0.0: {@code v1,} and base64
 *     HMAC-SHA256 of {@code id.timestamp.body}, one per key with a space between
 */
public record Signatures(String hex, @Nullable String nextHex, String standard) {

  private static final HexFormat HEX = HexFormat.of();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  /**
   * @param id goes out as {@code webhook-id}
   * @param unixSeconds goes out as {@code webhook-timestamp}
   * @param body exactly the bytes that are sent
   */
  public static Signatures of(SigningKeys keys, String id, long unixSeconds, byte[] body) {
    byte[] prefix = (id + "." + unixSeconds + ".").getBytes(UTF_8);
    byte[] next = keys.next();
    String standard = standard(keys.current(), prefix, body);
    return new Signatures(
        HEX.formatHex(Hmac.of(keys.current(), body)),
        next == null ? null : HEX.formatHex(Hmac.of(next, body)),
        next == null ? standard : standard + " " + standard(next, prefix, body));
  }

  private static String standard(byte[] key, byte[] prefix, byte[] body) {
    return "v1," + BASE64.encodeToString(Hmac.of(key, prefix, body));
  }
}

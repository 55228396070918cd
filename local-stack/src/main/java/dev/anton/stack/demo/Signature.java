package dev.anton.stack.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the signatures of a webhook are worth, computed here from its bytes and the secret alone.
 */
enum Signature {
  GOOD,
  WRONG,
  ABSENT;

  private static final String ALGORITHM = "HmacSHA256";

  /** Good only if both the X-Anton and the Standard Webhooks signature are there and right. */
  static Signature of(Arrival arrival, String secret) {
    Optional<String> hex = arrival.header("x-anton-signature");
    Optional<String> standard = arrival.header("webhook-signature");
    if (hex.isEmpty() && standard.isEmpty()) {
      return ABSENT;
    }
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    boolean hexIsRight =
        hex.filter(given -> same(given, HexFormat.of().formatHex(hmac(key, arrival.body()))))
            .isPresent();
    String expected = "v1," + Base64.getEncoder().encodeToString(hmac(key, signed(arrival)));
    boolean standardIsRight =
        standard.stream()
            .flatMap(given -> Stream.of(given.split(" ", -1)))
            .anyMatch(given -> same(given, expected));
    return hexIsRight && standardIsRight ? GOOD : WRONG;
  }

  /** What Standard Webhooks signs: {@code id.timestamp.body}. */
  private static byte[] signed(Arrival arrival) {
    String prefix =
        arrival.header("webhook-id").orElse("")
            + "."
            + arrival.header("webhook-timestamp").orElse("")
            + ".";
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
    content.writeBytes(arrival.body());
    return content.toByteArray();
  }

  private static byte[] hmac(byte[] key, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.anton.dispatcher.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.body.BodyReader;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The texts that stand for a signing key. */
final class SecretText {

  private static final String FIELD = "secret";
  private static final String INVALID = "invalid-secret";

  /** Of Standard Webhooks: what follows is the key in base64. */
  private static final String PREFIX = "whsec_";

  private static final int MAX_BYTES = 1_024;

  /** Standard Webhooks asks for 24 to 64. */
  private static final int GENERATED_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private SecretText() {}

  /** The key that the field {@code secret} stands for; null if absent or refused. */
  static byte @Nullable [] read(BodyReader body) {
    String text = body.text(FIELD, MAX_BYTES);
    if (text == null) {
      return null;
    }
    byte[] key = key(text);
    if (key == null || key.length == 0 || text.getBytes(UTF_8).length > MAX_BYTES) {
      body.refuse(
          INVALID,
          FIELD,
          "secret is any text of 1 to "
              + MAX_BYTES
              + " bytes, or "
              + PREFIX
              + " followed by a key in base64");
      return null;
    }
    return key;
  }

  static byte[] generate() {
    byte[] key = new byte[GENERATED_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  /** The form that Standard Webhooks libraries take. */
  static String format(byte[] key) {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  private static byte @Nullable [] key(String text) {
    if (!text.startsWith(PREFIX)) {
      return text.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

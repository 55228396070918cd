package dev.anton.api.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts answers at rest with AES-256-GCM. The key is made of the service's secret and of the
 * idempotency key, which is not stored: the table alone, and even the table with the service's
 * secret, opens no answer. A service without a secret relies on the idempotency key being hard to
 * guess, which a UUID is.
 */
final class AnswerCipher {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] NO_SECRET = "anton-idempotency".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final List<byte[]> secrets;

  /**
   * @param secrets the first encrypts, all decrypt
   */
  private AnswerCipher(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /**
   * @param keys {@code keyId:base64}, comma-separated, as in {@code anton.secrets.keys}; may be
   *     empty
   */
  static AnswerCipher of(String keys) {
    List<byte[]> secrets =
        Arrays.stream(keys.split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .map(key -> Base64.getDecoder().decode(key.substring(key.indexOf(':') + 1)))
            .toList();
    return new AnswerCipher(secrets.isEmpty() ? List.of(NO_SECRET) : secrets);
  }

  byte[] encrypt(byte[] plain, KeyedRequest request) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, secrets.getFirst(), request, nonce).doFinal(plain);
      byte[] result = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, result, NONCE_BYTES, sealed.length);
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-GCM", e);
    }
  }

  /** Empty if none of the secrets opens it, because the one it was made with was taken away. */
  Optional<byte[]> decrypt(byte[] sealed, KeyedRequest request) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    for (byte[] secret : secrets) {
      try {
        return Optional.of(
            cipher(Cipher.DECRYPT_MODE, secret, request, nonce)
                .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
      } catch (GeneralSecurityException e) {
        // Another secret may open it.
      }
    }
    return Optional.empty();
  }

  private static Cipher cipher(int mode, byte[] secret, KeyedRequest request, byte[] nonce)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] key = mac.doFinal(request.answerSecret());
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}

package dev.anton.dispatcher.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D: random 96-bit nonce, 128-bit tag). A sealed text
 * names its key, so that keys can be changed while old texts stay readable, and it opens only in
 * the context it was sealed for: moved to another row or column it is refused.
 *
 * <p>The JDK's own cipher does all of this; a library would add a format, not safety.
 */
@Component
@EnableConfigurationProperties(SecretsProperties.class)
public final class SecretVault {

  private static final String FORMAT = "a1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeys keys;
  private final SecureRandom random = new SecureRandom();

  SecretVault(SecretsProperties properties) {
    this.keys = SecretKeys.parse(properties.keys());
  }

  /**
   * Encrypts with the current key.
   *
   * @param context where the text will lie, such as a row's id and the column
   * @return {@code a1:keyId:base64}
   */
  public String seal(byte[] plain, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    String id = keys.currentId();
    byte[] encrypted = run(Cipher.ENCRYPT_MODE, key(id), nonce, plain, context);
    byte[] sealed = new byte[NONCE_BYTES + encrypted.length];
    System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
    System.arraycopy(encrypted, 0, sealed, NONCE_BYTES, encrypted.length);
    return FORMAT + ":" + id + ":" + Base64.getEncoder().encodeToString(sealed);
  }

  /**
   * Decrypts what {@link #seal} made in the same context.
   *
   * @throws IllegalStateException if its key is not configured, or the text was changed or moved
   */
  public byte[] open(String sealed, String context) {
    String[] parts = sealed.split(":", 3);
    if (parts.length != 3 || !parts[0].equals(FORMAT)) {
      throw new IllegalStateException("The secret at " + context + " has an unknown format");
    }
    byte[] bytes = Base64.getDecoder().decode(parts[2]);
    if (bytes.length < NONCE_BYTES) {
      throw new IllegalStateException("The secret at " + context + " is cut off");
    }
    byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
    byte[] encrypted = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
    return run(Cipher.DECRYPT_MODE, key(parts[1]), nonce, encrypted, context);
  }

  private SecretKey key(String id) {
    return keys.find(id)
        .orElseThrow(
            () -> new IllegalStateException("anton.secrets.keys has no key with the id " + id));
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input, String context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context.getBytes(UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The secret at " + context + " cannot be read or made", e);
    }
  }
}

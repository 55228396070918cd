package dev.anton.dispatcher.subscription;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key pair for asymmetric signatures.
 *
 * @param pkcs8 the private key
 * @param verificationKey the public one as Standard Webhooks libraries take it: {@code whpk_} and
 *     base64 of its 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // sealed as they are
record Ed25519KeyPair(byte[] pkcs8, String verificationKey) {

  private static final String ALGORITHM = "Ed25519";
  private static final String PREFIX = "whpk_";

  /** The last bytes of the key's X.509 form (RFC 8410, 4). */
  private static final int PUBLIC_BYTES = 32;

  static Ed25519KeyPair generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] x509 = pair.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(x509, x509.length - PUBLIC_BYTES, x509.length);
      return new Ed25519KeyPair(
          pair.getPrivate().getEncoded(), PREFIX + Base64.getEncoder().encodeToString(raw));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }

  static PrivateKey privateKey(byte[] pkcs8) {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A stored private key cannot be read", e);
    }
  }

  /** Says nothing of the private key, so that no log line can. */
  @Override
  public String toString() {
    return verificationKey;
  }
}

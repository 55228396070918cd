package dev.anton.dispatcher.signature;

import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** What a consumer does with a verification key, by another implementation than the service's. */
public final class VerificationKeys {

  private VerificationKeys() {}

  /**
   * Whether a signature is by a key.
   *
   * @param key {@code whpk_} and base64
   * @param signature {@code v1a,} and base64
   */
  public static boolean verifies(String key, byte[] signed, String signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(after("whpk_", key)));
    verifier.update(signed, 0, signed.length);
    return verifier.verifySignature(after("v1a,", signature));
  }

  private static byte[] after(String prefix, String text) {
    if (!text.startsWith(prefix)) {
      throw new AssertionError(text + " does not begin with " + prefix);
    }
    return Base64.getDecoder().decode(text.substring(prefix.length()));
  }
}

package dev.anton.dispatcher.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.anton.dispatcher.subscription.SigningKeys;
import java.net.http.HttpHeaders;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  private static final byte[] OLD = "the-old-secret-of-some-length".getBytes(UTF_8);
  private static final byte[] NEW = "the-new-secret-of-some-length".getBytes(UTF_8);

  @Test
  void makesTheSignatureOfThePublishedVector() {
    byte[] key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    Signatures signatures =
        Signatures.of(
            new SigningKeys(key, null),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            "{\"test\": 2432232314}".getBytes(UTF_8));

    assertThat(signatures.standard()).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void makesTheHexOfAKnownHmac() {
    // RFC 4231, test case 2
    Signatures signatures =
        Signatures.of(
            new SigningKeys("Jefe".getBytes(UTF_8), null),
            "id",
            1,
            "what do ya want for nothing?".getBytes(UTF_8));

    assertThat(signatures.hex())
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(signatures.nextHex()).isNull();
  }

  @Test
  void theReferenceLibraryAcceptsEitherKeyDuringARotation() throws Exception {
    byte[] body = "{\"event\":\"plan.step\"}".getBytes(UTF_8);
    long now = Instant.now().getEpochSecond();

    Signatures signatures = Signatures.of(new SigningKeys(OLD, NEW), "evt_1", now, body);

    for (byte[] key : List.of(OLD, NEW)) {
      Webhook library = new Webhook(Base64.getEncoder().encodeToString(key));
      HttpHeaders headers =
          HttpHeaders.of(
              Map.of(
                  "webhook-id", List.of("evt_1"),
                  "webhook-timestamp", List.of(Long.toString(now)),
                  "webhook-signature", List.of(signatures.standard())),
              (name, value) -> true);
      assertThatCode(() -> library.verify(new String(body, UTF_8), headers))
          .doesNotThrowAnyException();
    }
    assertThat(signatures.nextHex()).isNotNull().isNotEqualTo(signatures.hex());
  }

  @Test
  void makesTheSignatureOfAKnownPrivateKey() {
    // RFC 8032, 7.1, test 2: one byte, 0x72. What is signed here has an id and a time before it, so
    // that only the primitive can be checked against the vector.
    PrivateKey key = privateKey("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    assertThat(HexFormat.of().formatHex(Ed25519.sign(key, new byte[] {0x72})))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  }

  @Test
  void anotherImplementationVerifiesAsymmetricSignaturesOfBothKeysDuringARotation() {
    String oldSeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    String newSeed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";
    byte[] body = "{\"event\":\"plan.step\"}".getBytes(UTF_8);

    Signatures signatures =
        Signatures.of(
            new SigningKeys(null, null, privateKey(oldSeed), privateKey(newSeed)),
            "evt_1",
            1614265330,
            body);

    assertThat(signatures.hex()).isNull();
    assertThat(signatures.nextHex()).isNull();
    String[] both = signatures.standard().split(" ");
    assertThat(both).hasSize(2);
    byte[] signed = "evt_1.1614265330.{\"event\":\"plan.step\"}".getBytes(UTF_8);
    assertThat(VerificationKeys.verifies(publicKey(oldSeed), signed, both[0])).isTrue();
    assertThat(VerificationKeys.verifies(publicKey(newSeed), signed, both[1])).isTrue();
    assertThat(VerificationKeys.verifies(publicKey(newSeed), signed, both[0])).isFalse();
  }

  @Test
  void aSecretAndAKeyPairSignSideBySide() {
    PrivateKey key = privateKey("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    Signatures signatures =
        Signatures.of(new SigningKeys(OLD, null, key, null), "evt_1", 1, "{}".getBytes(UTF_8));

    assertThat(signatures.hex()).isNotNull();
    assertThat(signatures.standard()).matches("v1,[^ ]{44} v1a,[^ ]{88}");
  }

  /** RFC 8410: a fixed head and the seed. */
  private static PrivateKey privateKey(String seed) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(
              new PKCS8EncodedKeySpec(
                  HexFormat.of().parseHex("302e020100300506032b657004220420" + seed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String publicKey(String seed) {
    return "whpk_"
        + Base64.getEncoder()
            .encodeToString(
                new Ed25519PrivateKeyParameters(HexFormat.of().parseHex(seed))
                    .generatePublicKey()
                    .getEncoded());
  }
}

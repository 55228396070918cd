package dev.anton.dispatcher.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.anton.dispatcher.subscription.SigningKeys;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
}

package dev.anton.dispatcher.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Secrets and key pairs of webhooks: told once, kept encrypted, rotated. */
class WebhookKeysTest extends WebhookApi {

  @Test
  void aSecretIsToldOnceAndLiesEncrypted() {
    String id =
        client
            .post(
                "/api/webhooks/register",
                """
                {"url": "https://example.com/h", "events": ["*"], "secret": "s3cr3t-value",
                 "headers": {"Authorization": "Bearer top-secret"}}
                """)
            .text("id");

    Answer read = client.get("/api/webhooks/" + id);
    String row =
        jdbc.sql("select s::text from webhook_subscription s where id = ?")
            .param(id)
            .query(String.class)
            .single();

    assertThat(read.json().has("signingSecret")).isFalse();
    assertThat(read.text("headerNames")).isEmpty();
    assertThat(read.body()).contains("\"headerNames\":[\"Authorization\"]");
    assertThat(read.body()).doesNotContain("s3cr3t", "top-secret");
    assertThat(row)
        .contains("a1:test:")
        .doesNotContain("s3cr3t", "top-secret", "Authorization")
        .doesNotContain(
            Base64.getEncoder().encodeToString("s3cr3t-value".getBytes(StandardCharsets.UTF_8)));
    Subscription snapshot = index.find(id).orElseThrow();
    assertThat(new String(snapshot.keys().current(), StandardCharsets.UTF_8))
        .isEqualTo("s3cr3t-value");
    assertThat(snapshot.headers()).containsEntry("Authorization", "Bearer top-secret");
    assertThat(snapshot.toString()).doesNotContain("s3cr3t-value");
  }

  @Test
  void aStandardWebhooksSecretKeepsItsForm() {
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    Answer answer = register("\"secret\": \"" + secret + "\"");

    assertThat(answer.text("signingSecret")).isEqualTo(secret);
    assertThat(index.find(answer.text("id")).orElseThrow().keys().current())
        .isEqualTo(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  }

  @Test
  void withoutASecretNothingIsSigned() {
    Answer answer = register("\"description\": \"no secret\"");

    assertThat(answer.json().has("signingSecret")).isFalse();
    assertThat(answer.json().path("signed").asBoolean()).isFalse();
    assertThat(index.find(answer.text("id")).orElseThrow().keys()).isNull();
  }

  @Test
  void aRotationSignsWithBothKeysUntilItsGracePeriodEnds() {
    Answer before = register("\"secret\": \"old\"");
    String id = before.text("id");
    String path = "/api/webhooks/" + id;

    Answer rotated = client.post(path + "/secret/rotate", "{\"gracePeriod\": \"1h\"}");

    assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
    assertThat(rotated.text("signingSecret")).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(rotated.text("rotationEndsAt")).isNotEmpty();
    SigningKeys keys = index.find(id).orElseThrow().keys();
    assertThat(new String(keys.current(), StandardCharsets.UTF_8)).isEqualTo("old");
    assertThat(SecretText.format(keys.next())).isEqualTo(rotated.text("signingSecret"));
    assertThat(client.post(path + "/secret/rotate", "").text("code")).isEqualTo("rotation-running");

    jdbc.sql("update webhook_subscription set grace_until = now() - interval '1 s' where id = ?")
        .param(id)
        .update();
    maintenance.sweep();

    SigningKeys promoted = index.find(id).orElseThrow().keys();
    assertThat(SecretText.format(promoted.current())).isEqualTo(rotated.text("signingSecret"));
    assertThat(promoted.next()).isNull();
    assertThat(client.get(path).json().has("rotationEndsAt")).isFalse();
  }

  @Test
  void aRotationWithoutGraceAppliesAtOnce() {
    String id = register("\"secret\": \"old\"").text("id");

    Answer rotated =
        client.post(
            "/api/webhooks/" + id + "/secret/rotate",
            "{\"gracePeriod\": \"0s\", \"secret\": \"new\"}");

    assertThat(rotated.text("signingSecret")).isEqualTo("whsec_bmV3");
    SigningKeys keys = index.find(id).orElseThrow().keys();
    assertThat(new String(keys.current(), StandardCharsets.UTF_8)).isEqualTo("new");
    assertThat(keys.next()).isNull();
  }

  @Test
  void asymmetricSignaturesAreAskedForAndTakenBack() {
    Answer registered = register("\"asymmetric\": true");
    String path = "/api/webhooks/" + registered.text("id");

    assertThat(registered.text("verificationKey")).matches("whpk_[A-Za-z0-9+/]{43}=");
    assertThat(registered.json().path("signed").asBoolean()).isTrue();
    assertThat(registered.json().has("signingSecret")).isFalse();
    assertThat(client.get(path).text("verificationKey"))
        .isEqualTo(registered.text("verificationKey"));
    assertThat(
            jdbc.sql("select sealed_private_key from webhook_subscription where id = ?")
                .param(registered.text("id"))
                .query(String.class)
                .single())
        .startsWith("a1:test:");
    assertThat(client.patch(path, "{\"asymmetric\": true}").text("verificationKey"))
        .isEqualTo(registered.text("verificationKey"));

    Answer without = client.patch(path, "{\"asymmetric\": null}");

    assertThat(without.json().has("verificationKey")).isFalse();
    assertThat(without.json().path("signed").asBoolean()).isFalse();
    assertThat(index.find(registered.text("id")).orElseThrow().keys()).isNull();
    assertThat(client.patch(path, "{\"asymmetric\": true}").text("verificationKey"))
        .isNotEmpty()
        .isNotEqualTo(registered.text("verificationKey"));
    assertThat(client.patch(path, "{\"asymmetric\": 1}").pointers()).containsExactly("/asymmetric");
  }

  @Test
  void aRotationGivesTheKindsOfKeysThatThereAre() {
    Answer pairOnly = register("\"asymmetric\": true");
    String path = "/api/webhooks/" + pairOnly.text("id");

    Answer rotated = client.post(path + "/secret/rotate", "{\"gracePeriod\": \"1h\"}");

    assertThat(rotated.json().has("signingSecret")).isFalse();
    assertThat(rotated.text("verificationKey")).isEqualTo(pairOnly.text("verificationKey"));
    assertThat(rotated.text("nextVerificationKey"))
        .isNotEmpty()
        .isNotEqualTo(pairOnly.text("verificationKey"));
    assertThat(rotated.text("rotationEndsAt")).isNotEmpty();
    assertThat(client.post(path + "/secret/rotate", "").text("code")).isEqualTo("rotation-running");

    jdbc.sql("update webhook_subscription set grace_until = now() - interval '1 s' where id = ?")
        .param(pairOnly.text("id"))
        .update();
    maintenance.sweep();

    Answer promoted = client.get(path);
    assertThat(promoted.text("verificationKey")).isEqualTo(rotated.text("nextVerificationKey"));
    assertThat(promoted.json().has("nextVerificationKey")).isFalse();
    Answer both =
        client.post(path + "/secret/rotate", "{\"gracePeriod\": \"0s\", \"secret\": \"mine\"}");
    assertThat(both.text("signingSecret")).isEqualTo("whsec_bWluZQ==");
    assertThat(both.text("verificationKey")).isNotEqualTo(promoted.text("verificationKey"));
    assertThat(both.json().has("rotationEndsAt")).isFalse();
  }
}

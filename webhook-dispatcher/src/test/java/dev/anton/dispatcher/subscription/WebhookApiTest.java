package dev.anton.dispatcher.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.fixtures.BackendsTest;
import dev.anton.schemas.json.WireJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BackendsTest(role = "dispatcher")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"anton.subscriptions.max-per-tenant=3", "anton.index.sync-interval=1h"})
class WebhookApiTest {

  /** The seed's request, word for word. */
  private static final String SEED =
      """
      {
          "url": "https://your-endpoint.com/webhooks",
          "events": ["plan.started", "plan.step", "plan.completed", "plan.failed"],
          "secret": "your-secret-key"
        }
      """;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private SubscriptionIndex index;
  @Autowired private SubscriptionMaintenance maintenance;

  private ApiClient client;

  @BeforeEach
  void connect() {
    client = new ApiClient(port, "t" + UUID.randomUUID());
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void theSeedsRegistrationIsAnsweredAsTheContractSays() throws Exception {
    Answer answer = client.post("/api/webhooks/register", SEED);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String id = answer.text("id");
    assertThat(answer.header("Location")).isEqualTo("/api/webhooks/" + id);
    assertThat(id).matches("wh_[0-9a-f]{32}");
    String shown =
        WireJson.mapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(answer.json())
            .replace(id, "wh_…")
            .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "…");
    try (InputStream golden = getClass().getResourceAsStream("registered.json")) {
      assertThat(shown)
          .isEqualToNormalizingNewlines(
              new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

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

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInput")
  void refusesBadInputWithASentenceThatHelps(
      String body, String code, String pointer, String helps) {
    Answer answer = client.post("/api/webhooks/register", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
    assertThat(answer.pointers()).as(answer.body()).contains(pointer);
    assertThat(answer.body()).contains(helps);
    assertThat(client.get("/api/webhooks").listed("id")).isEmpty();
  }

  static Stream<Arguments> badInput() {
    return Stream.of(
            Stream.of(
                url("/relative", "invalid-url", "absolute http or https URL"),
                url("file:///etc/passwd", "invalid-url", "absolute http or https URL"),
                url("ftp://example.com/x", "invalid-url", "absolute http or https URL"),
                url("javascript:alert(1)", "invalid-url", "absolute http or https URL"),
                url("https://", "invalid-url", "https://example.com/webhooks"),
                url("https://user:pw@example.com/", "invalid-url", "credentials"),
                url("https://example.com/#part", "invalid-url", "fragment"),
                url("https://exa mple.com/", "invalid-url", "absolute"),
                url("https://example.com:0/", "invalid-url", "port"),
                url("https://example.com:99999/", "invalid-url", "port"),
                url("https://example.com/" + "a".repeat(2048), "invalid-request", "2048"),
                url("http://10.0.0.1/", "address-not-allowed", "a private address"),
                url("http://169.254.169.254/latest", "address-not-allowed", "link-local"),
                url("http://[::ffff:10.0.0.1]/", "address-not-allowed", "a private address"),
                url("http://[fd00::1]/", "address-not-allowed", "a unique local address"),
                url("http://167772161/", "address-not-allowed", "an unusual notation"),
                url("http://0x0a.0.0.1/", "invalid-url", "usual notation"),
                url("http://10.1/", "invalid-url", "usual notation")),
            Stream.of(
                with("\"events\": []", "unknown-event", "/events", "plan.completed"),
                with("\"events\": null", "unknown-event", "/events", "plan.completed"),
                with("\"events\": \"*\"", "invalid-request", "/events", "an array"),
                with("\"events\": [1]", "invalid-request", "/events/0", "a string"),
                with("\"events\": [\"plan.begun\"]", "unknown-event", "/events/0", "plan.started"),
                with("\"events\": [\"plans.*\"]", "unknown-event", "/events/0", "plan.*"),
                with("\"events\": [\"\"]", "unknown-event", "/events/0", "known are"),
                with("\"secret\": \"\"", "invalid-secret", "/secret", "whsec_"),
                with("\"secret\": \"whsec_*\"", "invalid-secret", "/secret", "base64"),
                with(
                    "\"secret\": \"" + "ä".repeat(513) + "\"", "invalid-secret", "/secret", "1024"),
                with("\"secret\": 5", "invalid-request", "/secret", "a string"),
                with("\"format\": \"xml\"", "unknown-format", "/format", "cloudevents-binary"),
                with("\"secrett\": \"x\"", "unknown-field", "/secrett", "secret"),
                with("\"description\": \"a\\u0000b\"", "invalid-request", "/description", "string"),
                with("\"maxRatePerSecond\": 0", "invalid-request", "/maxRatePerSecond", "10000")),
            Stream.of(
                header("Host", "example.com", "belongs to the connection"),
                header("transfer-encoding", "chunked", "belongs to the connection"),
                header("Content-Type", "text/plain", "set by every delivery"),
                header("webhook-signature", "x", "set by every delivery"),
                header("X-ANTON-Event", "x", "set by every delivery"),
                header("traceparent", "x", "set by every delivery"),
                header("Bad Name", "x", "letters, digits and dashes"),
                header("X-Evil", "a\\r\\nHost: b", "no line break"),
                header("X-Long", "a".repeat(9000), "8192 bytes")),
            Stream.of(
                retry("{}", "/retry", "schedule"),
                retry("{\"schedule\": [\"5s\"], \"maxAttempts\": 3}", "/retry", "either"),
                retry("{\"schedule\": [\"5\"]}", "/retry/schedule/0", "1s to 7d"),
                retry("{\"schedule\": [\"1s\", \"8d\"]}", "/retry/schedule/1", "1s to 7d"),
                retry("{\"maxAttempts\": 3, \"multiplier\": 0.5}", "/retry/multiplier", "1 to 100"),
                retry("{\"initialDelay\": \"5s\"}", "/retry/maxAttempts", "required")))
        .flatMap(cases -> cases);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Answer answer =
        client.post(
            "/api/webhooks/register",
            "{\"url\": \"nope\", \"events\": [\"a.b\", \"c.d\"], \"format\": \"xml\"}");

    assertThat(answer.text("code")).isEqualTo("invalid-request");
    assertThat(answer.pointers())
        .containsExactlyInAnyOrder("/url", "/events/0", "/events/1", "/format");
  }

  @Test
  void aNameThatDoesNotResolveNowIsAccepted() {
    assertThat(
            client
                .post(
                    "/api/webhooks/register",
                    "{\"url\": \"https://not-there-yet.invalid/h\", \"events\": [\"*\"]}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void aRegistrationIsMatchedBeforeItsAnswer() {
    String id = register("\"events\": [\"plan.*\"]").text("id");

    assertThat(index.find(id)).isPresent();

    client.patch("/api/webhooks/" + id, "{\"events\": [\"node.failed\"]}");
    assertThat(index.find(id).orElseThrow().events()).containsExactly("node.failed");

    client.delete("/api/webhooks/" + id);
    assertThat(index.find(id)).isEmpty();
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    Answer before =
        register(
            "\"secret\": \"s\", \"headers\": {\"X-A\": \"1\"},"
                + " \"retry\": {\"maxAttempts\": 4, \"initialDelay\": \"10s\", \"multiplier\": 3,"
                + " \"maxDelay\": \"1m\"}");
    String path = "/api/webhooks/" + before.text("id");
    assertThat(before.body()).contains("\"schedule\":[\"10s\",\"30s\",\"1m\"]");

    Answer after = client.patch(path, "{\"description\": \"new\", \"format\": \"standard\"}");

    assertThat(after.status()).as(after.body()).isEqualTo(200);
    assertThat(after.text("description")).isEqualTo("new");
    assertThat(after.text("format")).isEqualTo("standard");
    assertThat(after.body()).contains("\"headerNames\":[\"X-A\"]", "\"signed\":true");
    assertThat(after.json().path("retry")).isEqualTo(before.json().path("retry"));
    assertThat(client.patch(path, "{\"headers\": null, \"retry\": null}").body())
        .contains("\"headerNames\":[]", "\"5s\",\"5m\"");
    assertThat(client.patch(path, "{\"url\": null}").pointers()).containsExactly("/url");
    assertThat(client.patch(path, "{\"secret\": \"x\"}").body()).contains("/secret/rotate");
    assertThat(client.patch(path, "{\"active\": \"no\"}").pointers()).containsExactly("/active");
  }

  @Test
  void aFilterIsKeptAsItWasWrittenAndCheckedFirst() {
    Answer registered = register("\"filter\": \"data.step == 'planning'\"");

    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.text("filter")).isEqualTo("data.step == 'planning'");
    Answer refused = register("\"filter\": \"step == 'planning'\"");
    assertThat(refused.text("code")).isEqualTo("invalid-filter");
    assertThat(refused.pointers()).containsExactly("/filter");
    assertThat(refused.body()).contains("line 1, column 1", "has(data.amount)");
  }

  @Test
  void aRateIsKeptAndCanBeChangedAndTakenAway() {
    Answer registered = register("\"maxRatePerSecond\": 10");
    assertThat(registered.status()).isEqualTo(201);
    String path = "/api/webhooks/" + registered.text("id");

    assertThat(client.get(path).json().path("maxRatePerSecond").asInt()).isEqualTo(10);
    client.patch(path, "{\"maxRatePerSecond\": 20}");
    assertThat(client.get(path).json().path("maxRatePerSecond").asInt()).isEqualTo(20);
    client.patch(path, "{\"maxRatePerSecond\": null}");
    assertThat(client.get(path).json().path("maxRatePerSecond").isNumber()).isFalse();
  }

  @Test
  void strictOrderIsChosenAndGivenUp() {
    Answer registered = register("\"ordered\": true");
    String webhook = "/api/webhooks/" + registered.text("id");

    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.json().path("ordered").asBoolean()).isTrue();
    assertThat(index.find(registered.text("id")).orElseThrow().ordered()).isTrue();
    Answer patched = client.patch(webhook, "{\"ordered\": false}");
    assertThat(patched.json().path("ordered").asBoolean()).isFalse();
    assertThat(index.find(registered.text("id")).orElseThrow().ordered()).isFalse();
  }

  @Test
  void theApiDescriptionNamesTheFieldsOfARegistration() {
    JsonNode schemas = client.get("/v3/api-docs").json().path("components").path("schemas");

    assertThat(schemas.path("WebhookRegistration").path("properties").propertyNames())
        .containsExactlyInAnyOrder(
            "url",
            "events",
            "secret",
            "asymmetric",
            "description",
            "headers",
            "format",
            "filter",
            "ordered",
            "maxRatePerSecond",
            "retry");
  }

  @Test
  void aPausedOneStaysInTheIndexAsPaused() {
    String id = register("\"description\": \"p\"").text("id");

    assertThat(client.post("/api/webhooks/" + id + "/pause", "").text("status"))
        .isEqualTo("paused");
    assertThat(index.find(id).orElseThrow().status()).isEqualTo(SubscriptionStatus.PAUSED);
    assertThat(client.post("/api/webhooks/" + id + "/resume", "").text("status"))
        .isEqualTo("active");
    assertThat(client.patch("/api/webhooks/" + id, "{\"active\": false}").text("status"))
        .isEqualTo("paused");
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

  @Test
  void aDeletedOneLeavesATombstoneWithNothingInIt() {
    String id =
        register("\"secret\": \"s\", \"asymmetric\": true, \"headers\": {\"X-A\": \"1\"}")
            .text("id");

    assertThat(client.delete("/api/webhooks/" + id).status()).isEqualTo(204);

    assertThat(client.delete("/api/webhooks/" + id).status()).isEqualTo(404);
    assertThat(client.get("/api/webhooks/" + id).status()).isEqualTo(404);
    assertThat(
            jdbc.sql(
                    """
                    select url = '' and sealed_key is null and sealed_headers is null
                           and events = '{}' and sealed_private_key is null
                      from webhook_subscription where id = ?
                    """)
                .param(id)
                .query(Boolean.class)
                .single())
        .isTrue();

    jdbc.sql("update webhook_subscription set deleted_at = now() - interval '2 h' where id = ?")
        .param(id)
        .update();
    maintenance.sweep();
    assertThat(
            jdbc.sql("select count(*) from webhook_subscription where id = ?")
                .param(id)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void listsInPagesAndOnlyTheTenantsOwn() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(register("\"description\": \"" + i + "\"").text("id"));
    }
    try (ApiClient other = new ApiClient(port, "other")) {
      assertThat(other.get("/api/webhooks").listed("id")).isEmpty();
      assertThat(other.get("/api/webhooks/" + ids.getFirst()).status()).isEqualTo(404);
      assertThat(other.delete("/api/webhooks/" + ids.getFirst()).status()).isEqualTo(404);
    }

    Answer first = client.get("/api/webhooks?limit=2");
    Answer second = client.get("/api/webhooks?limit=2&cursor=" + first.text("nextCursor"));

    assertThat(first.listed("id")).isEqualTo(ids.subList(0, 2));
    assertThat(second.listed("id")).isEqualTo(ids.subList(2, 3));
    assertThat(second.json().path("nextCursor").isNull()).isTrue();
  }

  @Test
  void aTenantHasNoMoreThanTheLimit() {
    for (int i = 0; i < 3; i++) {
      assertThat(register("\"description\": \"" + i + "\"").status()).isEqualTo(201);
    }

    Answer refused = register("\"description\": \"one too many\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("too-many-webhooks");
  }

  @Test
  void theSameRegistrationWithAnIdempotencyKeyIsOne() {
    String key = UUID.randomUUID().toString();

    Answer first = client.post("/api/webhooks/register", SEED, "Idempotency-Key", key);
    Answer again = client.post("/api/webhooks/register", SEED, "Idempotency-Key", key);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(client.get("/api/webhooks").listed("id")).hasSize(1);
  }

  @Test
  void idsOfOtherFormsAreNotFound() {
    for (String id : List.of("wh_0", "nothing", "wh_%00", "%2e%2e")) {
      assertThat(client.get("/api/webhooks/" + id).status()).as(id).isIn(400, 404);
    }
    assertThat(client.get("/api/webhooks?cursor=AAAA").status()).isIn(200, 400);
  }

  private Answer register(String more) {
    String body =
        more.contains("\"events\"")
            ? "{\"url\": \"https://example.com/h\", " + more + "}"
            : "{\"url\": \"https://example.com/h\", \"events\": [\"*\"], " + more + "}";
    return client.post("/api/webhooks/register", body);
  }

  private static Arguments url(String url, String code, String helps) {
    return Arguments.of("{\"url\": \"" + url + "\", \"events\": [\"*\"]}", code, "/url", helps);
  }

  private static Arguments with(String field, String code, String pointer, String helps) {
    String events = field.contains("\"events\"") ? "" : "\"events\": [\"*\"], ";
    return Arguments.of(
        "{\"url\": \"https://example.com/h\", " + events + field + "}", code, pointer, helps);
  }

  private static Arguments header(String name, String value, String helps) {
    String pointer = value.length() > 1000 ? "/headers" : "/headers/" + name;
    return with(
        "\"headers\": {\"" + name + "\": \"" + value + "\"}", "invalid-header", pointer, helps);
  }

  private static Arguments retry(String retry, String pointer, String helps) {
    return with("\"retry\": " + retry, "invalid-retry", pointer, helps);
  }
}

package dev.anton.dispatcher.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.schemas.json.WireJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Registering, listing and finding webhooks. */
class WebhookApiTest extends WebhookApi {

  /** The seed's request, word for word. */
  private static final String SEED =
      """
      {
          "url": "https://your-endpoint.com/webhooks",
          "events": ["plan.started", "plan.step", "plan.completed", "plan.failed"],
          "secret": "your-secret-key"
        }
      """;

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
}

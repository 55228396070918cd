package dev.anton.dispatcher.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient.Answer;
import org.junit.jupiter.api.Test;

/** What can be changed of a webhook, and when it counts. */
class WebhookChangesTest extends WebhookApi {

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
}

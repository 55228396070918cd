package dev.anton.dispatcher.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.api.TenantOfTest;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.schemas.time.Timestamps;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
class DeadLetterApiTest {

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private TenantOfTest tenant;
  private String webhook;
  private String event;

  @BeforeEach
  void kill() {
    tenant = new TenantOfTest(port);
    tenant.receiver().answer("/hook", Answer.status(500));
    webhook = tenant.register("/hook", ", \"retry\": {\"maxAttempts\": 1}");
    event = tenant.publish("o-1");
    tenant.awaitDeliveries(webhook, "dead", 1);
  }

  @AfterEach
  void close() {
    tenant.close();
  }

  @Test
  void oneIsShownWithItsAttemptsAndItsRecordByteForByte() {
    String id = tenant.client().get("/api/dead-letters").listed("id").getFirst();

    ApiClient.Answer answer = tenant.client().get("/api/dead-letters/" + id);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode letter = answer.json();
    assertThat(letter.path("id").asString()).isEqualTo(id);
    assertThat(letter.path("reason").asString()).isEqualTo("The endpoint answered 500");
    assertThat(letter.path("attempts").asInt()).isEqualTo(1);
    assertThat(letter.path("attemptLog")).hasSize(1);
    assertThat(Instant.parse(letter.path("deadAt").asString()))
        .isAfter(Instant.now().minusSeconds(60));
    JsonNode record = letter.path("record");
    assertThat(record.path("topic").asString()).isEqualTo("anton.custom.events");
    assertThat(record.path("key").asString()).isEqualTo("o-1");
    assertThat(record.path("payload").path("k").asString()).isEqualTo("o-1");
    String bytes =
        new String(Base64.getDecoder().decode(record.path("payloadBase64").asString()), UTF_8);
    assertThat(answer.body()).contains("\"payload\":" + bytes);
    assertThat(record.path("headers").toString())
        .contains("{\"name\":\"ce_id\",\"value\":\"" + event + "\"}")
        .doesNotContain("dead_letter");
  }

  @Test
  void whatRetentionTookIsShownWithoutItsRecord() {
    String id = tenant.client().get("/api/dead-letters").listed("id").getFirst();
    jdbc.sql("update deliveries set dead_letter_offset = 1000000 where dead_letter_id = ?")
        .param(id)
        .update();

    ApiClient.Answer answer = tenant.client().get("/api/dead-letters/" + id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().has("record")).isFalse();
    assertThat(answer.text("reason")).isNotEmpty();
  }

  @Test
  void theListSaysWhatWasReplayed() {
    ApiClient.Answer before = tenant.client().get("/api/dead-letters");
    String id = before.listed("id").getFirst();
    tenant.receiver().answer("/hook", Answer.ok());

    String delivery =
        tenant.client().post("/api/dead-letters/" + id + "/replay", "").text("deliveryId");

    tenant.awaitDelivery(delivery, "delivered");
    JsonNode after = tenant.client().get("/api/dead-letters").json().path("data").get(0);
    assertThat(before.listed("replayed")).containsExactly("false");
    assertThat(after.path("replayed").asBoolean()).isTrue();
    assertThat(after.at("/replay/deliveryId").asString()).isEqualTo(delivery);
    assertThat(after.at("/replay/status").asString()).isEqualTo("delivered");
  }

  @Test
  void theyAreFoundByReasonAndTime() {
    String now = Timestamps.format(Instant.now().plusMillis(1));

    assertThat(found("reason=refused")).isOne();
    assertThat(found("reason=Answered%20500")).isOne();
    assertThat(found("reason=timed_out")).isZero();
    assertThat(found("since=" + now)).isZero();
    assertThat(found("until=" + now)).isOne();
    assertThat(found("webhookId=" + webhook + "&reason=500")).isOne();
    try (TenantOfTest other = new TenantOfTest(port)) {
      String id = tenant.client().get("/api/dead-letters").listed("id").getFirst();
      assertThat(other.client().get("/api/dead-letters").listed("id")).isEmpty();
      assertThat(other.client().get("/api/dead-letters/" + id).status()).isEqualTo(404);
    }
  }

  private int found(String query) {
    return tenant.client().get("/api/dead-letters?" + query).listed("id").size();
  }
}

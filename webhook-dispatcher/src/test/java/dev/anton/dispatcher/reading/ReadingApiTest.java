package dev.anton.dispatcher.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.dispatcher.api.ApiTest;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.time.Timestamps;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ReadingApiTest {

  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private String tenant;
  private ApiClient client;
  private String webhook;

  @BeforeEach
  void register() {
    tenant = "t" + UUID.randomUUID();
    client = new ApiClient(port, tenant);
    webhook =
        client
            .post("/api/webhooks/register", "{\"url\": \"https://e.com/h\", \"events\": [\"*\"]}")
            .text("id");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void deliveriesComeNewestFirstInPages() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(delivery("delivered", "plan.step", i));
    }
    String path = "/api/webhooks/" + webhook + "/deliveries?limit=2";

    Answer first = client.get(path);
    Answer second = client.get(path + "&cursor=" + first.text("nextCursor"));
    Answer third = client.get(path + "&cursor=" + second.text("nextCursor"));

    assertThat(first.listed("id")).isEqualTo(ids.subList(0, 2));
    assertThat(second.listed("id")).isEqualTo(ids.subList(2, 4));
    assertThat(third.listed("id")).isEqualTo(ids.subList(4, 5));
    assertThat(third.json().path("nextCursor").isNull()).isTrue();
  }

  @Test
  void deliveriesAreFoundByStatusEventAndTime() throws Exception {
    String delivered = delivery("delivered", "plan.step", 1);
    String skipped = delivery("skipped", "plan.failed", 2);
    String path = "/api/webhooks/" + webhook + "/deliveries";

    assertThat(client.get(path + "?status=skipped").listed("id")).containsExactly(skipped);
    assertThat(client.get(path + "?status=delivered").listed("id")).containsExactly(delivered);
    assertThat(client.get(path + "?event=plan.failed").listed("id")).containsExactly(skipped);
    assertThat(client.get(path + "?status=dead").listed("id")).isEmpty();
    String before = Timestamps.format(Instant.now().minusSeconds(3600));
    String after = Timestamps.format(Instant.now().plusSeconds(3600));
    assertThat(client.get(path + "?since=" + before + "&until=" + after).listed("id"))
        .containsExactly(skipped, delivered);
    assertThat(client.get(path + "?since=" + after).listed("id")).isEmpty();
    assertThat(client.get(path + "?until=" + before).listed("id")).isEmpty();
  }

  @Test
  void oneDeliveryIsShownWithItsAttempts() {
    String id = delivery("retrying", "plan.step", 1);
    for (int attempt = 1; attempt <= 2; attempt++) {
      jdbc.sql(
              """
              insert into attempts (delivery_id, attempt, event_time, tenant, attempted_at,
                                    duration_us, outcome, http_status, error, answer)
              values (?, ?, ?, ?, now(), 1500, 'failed', 500, null, 'oops')
              """)
          .params(id, attempt, start.atOffset(ZoneOffset.UTC), tenant)
          .update();
    }

    Answer answer = client.get("/api/deliveries/" + id);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("webhookId")).isEqualTo(webhook);
    assertThat(answer.json().path("event").path("type").asString()).isEqualTo("plan.step");
    assertThat(answer.json().path("attemptLog")).hasSize(2);
    assertThat(answer.json().path("attemptLog").get(1).path("attempt").asInt()).isEqualTo(2);
    assertThat(answer.json().path("attemptLog").get(1).path("durationMs").asDouble())
        .isEqualTo(1.5);
    assertThat(answer.body()).contains("\"response\":\"oops\"", "\"httpStatus\":500");
  }

  @Test
  void theOnlyAttemptOfADeliveryThatSucceededIsShownToo() {
    String id = delivery("delivered", "plan.step", 1);

    assertThat(client.get("/api/deliveries/" + id).json().path("attemptLog")).hasSize(1);
  }

  @Test
  void deadLettersAreListedAndShown() {
    String id = delivery("dead", "plan.step", 1);
    String deadLetter = Ids.deadLetter();
    jdbc.sql(
            """
            update deliveries set dead_letter_id = ?, dead_letter_partition = 3,
                   dead_letter_offset = 42, reason = 'HTTP 500'
             where delivery_id = ?
            """)
        .params(deadLetter, id)
        .update();

    assertThat(client.get("/api/dead-letters").listed("id")).containsExactly(deadLetter);
    assertThat(client.get("/api/dead-letters?webhookId=" + webhook).listed("deliveryId"))
        .containsExactly(id);
    assertThat(client.get("/api/dead-letters?webhookId=wh_other").listed("id")).isEmpty();
    assertThat(client.get("/api/dead-letters/" + deadLetter).body())
        .contains("\"reason\":\"HTTP 500\"", "\"partition\":3", "\"offset\":42");
    assertThat(client.get("/api/dead-letters/dl_0").status()).isEqualTo(404);
  }

  @Test
  void eventsAreListedNewestFirstAndFoundByTypeKeyAndTime() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.addFirst(event("plan.step", "ses_1", start.plusMillis(i)));
    }
    String other = event("node.started", "exe_1", start.plusMillis(10));

    Answer first = client.get("/api/events?limit=3");
    Answer second = client.get("/api/events?limit=3&cursor=" + first.text("nextCursor"));

    assertThat(first.listed("id")).containsExactly(other, ids.get(0), ids.get(1));
    assertThat(second.listed("id")).containsExactly(ids.get(2));
    assertThat(client.get("/api/events?type=plan.step").listed("id")).isEqualTo(ids);
    assertThat(client.get("/api/events?key=exe_1").listed("id")).containsExactly(other);
    assertThat(client.get("/api/events?since=" + start.plusMillis(2)).listed("id"))
        .containsExactly(other, ids.get(0));
    assertThat(client.get("/api/events?until=" + start.plusMillis(1)).listed("id"))
        .containsExactly(ids.get(2));
  }

  @Test
  void oneEventIsShownWithItsDeliveriesMatchedOrNot() {
    String matched = event("plan.step", "ses_1", start);
    String delivery = delivery("delivered", "plan.step", 1, matched);
    String unmatched = event("plan.step", "ses_1", start);

    Answer with = client.get("/api/events/" + matched);
    Answer without = client.get("/api/events/" + unmatched);

    assertThat(with.json().path("deliveries").get(0).path("id").asString()).isEqualTo(delivery);
    assertThat(without.json().path("deliveries").isEmpty()).isTrue();
    assertThat(client.get("/api/events/evt_0").status()).isEqualTo(404);
  }

  @Test
  void anotherTenantSeesNothingOfIt() {
    String id = delivery("delivered", "plan.step", 1);
    String event = event("plan.step", "ses_1", start);
    try (ApiClient other = new ApiClient(port, "other")) {
      assertThat(other.get("/api/webhooks/" + webhook + "/deliveries").status()).isEqualTo(404);
      assertThat(other.get("/api/deliveries/" + id).status()).isEqualTo(404);
      assertThat(other.get("/api/events/" + event).status()).isEqualTo(404);
      assertThat(other.get("/api/events").listed("id")).isEmpty();
      assertThat(other.get("/api/dead-letters").listed("id")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/events?since=yesterday, since",
    "/api/events?limit=0, limit",
    "/api/events?cursor=AAAA, cursor",
    "/api/dead-letters?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z, until",
    "/api/dead-letters?until=-1000-01-01T00:00:00Z, until"
  })
  void aQuestionThatCannotBeIsAProblem(String path, String parameter) {
    Answer answer = client.get(path);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.pointers()).containsExactly(parameter);
  }

  @Test
  void aStatusThatIsNoneIsAProblem() {
    Answer answer = client.get("/api/webhooks/" + webhook + "/deliveries?status=lost");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("pending, delivered, retrying, dead, skipped");
  }

  private String delivery(String status, String type, int sequence) {
    return delivery(status, type, sequence, Ids.event());
  }

  private String delivery(String status, String type, int sequence, String event) {
    String id = Ids.delivery();
    jdbc.sql(
            """
            insert into deliveries (delivery_id, tenant, subscription_id, event_id, event_time,
                                    event_type, event_key, status, attempts, created_at,
                                    last_attempt_at, last_duration_us, last_outcome,
                                    last_http_status)
            values (?, ?, ?, ?, ?, ?, ?, ?, 1, now(), now(), 2500, 'delivered', 200)
            """)
        .params(
            id,
            tenant,
            webhook,
            event,
            start.atOffset(ZoneOffset.UTC),
            type,
            "ses_" + sequence,
            status)
        .update();
    return id;
  }

  private String event(String type, String key, Instant time) {
    String id = Ids.event();
    jdbc.sql(
            """
            insert into events (tenant, event_id, event_time, event_type, source, subject,
                                event_key, sequence, topic, kafka_partition, kafka_offset,
                                logged_at, size_bytes, matched)
            values (?, ?, ?, ?, '/test', ?, ?, 1, 't', 0, 0, now(), 10, 0)
            """)
        .params(tenant, id, time.atOffset(ZoneOffset.UTC), type, key, key)
        .update();
    return id;
  }
}

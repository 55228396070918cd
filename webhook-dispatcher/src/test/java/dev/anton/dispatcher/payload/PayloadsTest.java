package dev.anton.dispatcher.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadsTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void antonPutsTheDataBetweenNameAndEnd() {
    assertThat(rendered("plan.step", "{\"a\": 1}", PayloadFormat.ANTON))
        .isEqualTo(
            """
            {"event":"plan.step","timestamp":"2025-01-03T19:06:00.000Z","data":{"a": 1}}\
            """);
  }

  @Test
  void standardCallsTheNameType() {
    assertThat(rendered("plan.step", "{}", PayloadFormat.STANDARD))
        .isEqualTo(
            """
            {"type":"plan.step","timestamp":"2025-01-03T19:06:00.000Z","data":{}}\
            """);
  }

  @Test
  void flatPutsTheFieldsBesideNameAndTime() {
    assertThat(
            rendered(
                "plan.step",
                "{\"sessionId\":\"ses_1\",\"status\":\"complete\",\"event\":\"mine\"}",
                PayloadFormat.FLAT))
        .isEqualTo(
            """
            {"event":"plan.step","timestamp":"2025-01-03T19:06:00.000Z",\
            "sessionId":"ses_1","status":"complete"}\
            """);
  }

  @Test
  void flatKeepsDataThatIsNoObjectUnderItsName() {
    assertThat(rendered("order.paid", "[1,2]", PayloadFormat.FLAT))
        .isEqualTo(
            """
            {"event":"order.paid","timestamp":"2025-01-03T19:06:00.000Z","data":[1,2]}\
            """);
  }

  @Test
  void flatCopiesValuesByteForByte() {
    String data = "{ \"n\" : 1.50e3 , \"s\":\"\\u00e4ä\\\"}\" , \"o\":{\"x\":[1, {}]} ,\"t\":true}";

    assertThat(rendered("order.paid", data, PayloadFormat.FLAT))
        .contains("\"n\" : 1.50e3,")
        .contains("\"s\":\"\\u00e4ä\\\"}\",")
        .contains("\"o\":{\"x\":[1, {}]},")
        .endsWith(",\"t\":true}");
  }

  @Test
  void aJobsFlatBodyPutsTheIdBehindTheStatusWhereverItStands() {
    assertThat(
            rendered(
                "job.failed",
                "{\"error\":\"x\",\"jobId\":\"job-1\",\"status\":\"no\"}",
                PayloadFormat.FLAT))
        .isEqualTo(
            """
            {"status":"failed","jobId":"job-1","timestamp":"2025-01-03T19:06:00.000Z",\
            "error":"x"}\
            """);
  }

  @Test
  void structuredCloudEventsHoldEveryAttribute() {
    Payload payload = Payloads.render(event("plan.step", "{\"a\":1}"), PayloadFormat.CLOUDEVENTS);

    assertThat(payload.contentType()).isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(new String(payload.body(), UTF_8))
        .isEqualTo(
            """
            {"specversion":"1.0","id":"evt_1","source":"/planner \\"x\\"","type":"plan.step",\
            "subject":"sübject","time":"2025-01-03T19:06:00.000Z","sequence":"7",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "datacontenttype":"application/json","data":{"a":1}}\
            """);
  }

  @Test
  void binaryCloudEventsHaveTheDataAsBodyAndEncodedHeaders() {
    Payload payload =
        Payloads.render(event("plan.step", "{\"a\":1}"), PayloadFormat.CLOUDEVENTS_BINARY);

    assertThat(payload.contentType()).isEqualTo("application/json");
    assertThat(new String(payload.body(), UTF_8)).isEqualTo("{\"a\":1}");
    assertThat(payload.headers())
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-id", "evt_1")
        .containsEntry("ce-source", "/planner%20%22x%22")
        .containsEntry("ce-type", "plan.step")
        .containsEntry("ce-subject", "s%C3%BCbject")
        .containsEntry("ce-time", "2025-01-03T19:06:00.000Z")
        .containsEntry("ce-sequence", "7")
        .containsEntry("ce-traceparent", TRACE);
  }

  @ParameterizedTest
  @EnumSource(PayloadFormat.class)
  void everyFormatIsJsonForEveryKindOfValue(PayloadFormat format) {
    for (String data : new String[] {"{}", "[]", "1", "\"x\"", "null", " {\"a\":null} "}) {
      assertThat(WireJson.mapper().readTree(Payloads.render(event("a.b", data), format).body()))
          .isNotNull();
    }
  }

  private static String rendered(String type, String data, PayloadFormat format) {
    return new String(Payloads.render(event(type, data), format).body(), UTF_8);
  }

  private static EventRecord event(String type, String data) {
    return new EventRecord(
        "evt_1",
        type,
        "/planner \"x\"",
        Instant.parse("2025-01-03T19:06:00Z"),
        "sübject",
        Tenant.DEFAULT,
        "ses_1",
        7L,
        TRACE,
        data.getBytes(UTF_8));
  }
}

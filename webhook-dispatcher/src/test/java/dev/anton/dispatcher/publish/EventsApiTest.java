package dev.anton.dispatcher.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.TopicRecording;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
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

@BackendsTest(role = "dispatcher")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "anton.event-types.max-per-tenant=5")
class EventsApiTest {

  private static final String ORDER_PAID =
      """
      {"name": "order.paid", "description": "A customer paid an order",
       "schema": {"type": "object", "required": ["orderId"],
                  "properties": {"orderId": {"type": "string"}, "total": {"type": "number"}}},
       "example": {"orderId": "o-1", "total": 9.90}}
      """;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private EventIdentities identities;

  private String tenant;
  private ApiClient client;

  @BeforeEach
  void connect() {
    tenant = "t" + UUID.randomUUID();
    client = new ApiClient(port, tenant);
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void builtInTypesAreListedWithTheirSchemasAndExamples() {
    Answer all = client.get("/api/event-types?limit=250");
    Answer one = client.get("/api/event-types/plan.step");

    assertThat(all.listed("name"))
        .containsExactlyElementsOf(EventTypes.names().stream().sorted().toList());
    assertThat(one.text("description")).isEqualTo(EventTypes.description("plan.step"));
    assertThat(one.json().path("schema"))
        .isEqualTo(WireJson.mapper().readTree(EventTypes.schema("plan.step")));
    assertThat(one.json().path("example"))
        .isEqualTo(WireJson.mapper().readTree(EventTypes.example("plan.step")));
    assertThat(client.get("/api/event-types/plan.begun").status()).isEqualTo(404);
  }

  @Test
  void aTypeOfATenantsOwnCanBeSubscribedToAndPagesAmongTheOthers() {
    Answer registered = client.post("/api/event-types", ORDER_PAID);

    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    assertThat(registered.header("Location")).isEqualTo("/api/event-types/order.paid");
    assertThat(client.get("/api/event-types/order.paid").body())
        .isEqualTo(registered.body())
        .contains("\"builtIn\":false", "\"orderId\"");
    assertThat(client.post("/api/event-types", ORDER_PAID).text("code"))
        .isEqualTo("event-type-exists");
    for (String events : List.of("order.paid", "order.*")) {
      assertThat(
              client
                  .post(
                      "/api/webhooks/register",
                      "{\"url\": \"https://e.com/h\", \"events\": [\"" + events + "\"]}")
                  .status())
          .isEqualTo(201);
    }
    assertThat(
            client
                .post(
                    "/api/webhooks/register",
                    "{\"url\": \"https://e.com/h\", \"events\": [\"order.lost\"]}")
                .body())
        .contains("order.paid", "order.*");
    try (ApiClient other = new ApiClient(port, "other")) {
      assertThat(other.get("/api/event-types/order.paid").status()).isEqualTo(404);
    }

    String cursor = "";
    List<String> names = new java.util.ArrayList<>();
    do {
      Answer page = client.get("/api/event-types?limit=7" + cursor);
      names.addAll(page.listed("name"));
      cursor = page.text("nextCursor").isEmpty() ? null : "&cursor=" + page.text("nextCursor");
    } while (cursor != null);
    assertThat(names).hasSize(EventTypes.names().size() + 1).isSorted().contains("order.paid");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTypes")
  void refusesATypeThatCannotBe(String body, String code, String pointer) {
    Answer answer = client.post("/api/event-types", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
    assertThat(answer.pointers()).as(answer.body()).contains(pointer);
  }

  static Stream<Arguments> badTypes() {
    return Stream.of(
        Arguments.of(
            "{\"name\": \"plan.mine\", \"description\": \"d\"}",
            "invalid-event-type-name",
            "/name"),
        Arguments.of(
            "{\"name\": \"Order.Paid\", \"description\": \"d\"}",
            "invalid-event-type-name",
            "/name"),
        Arguments.of(
            "{\"name\": \"order\", \"description\": \"d\"}", "invalid-event-type-name", "/name"),
        Arguments.of(
            "{\"name\": \"order..paid\", \"description\": \"d\"}",
            "invalid-event-type-name",
            "/name"),
        Arguments.of(
            "{\"name\": \"order.*\", \"description\": \"d\"}", "invalid-event-type-name", "/name"),
        Arguments.of("{\"name\": \"a.b\"}", "invalid-request", "/description"),
        Arguments.of(
            "{\"name\": \"a.b\", \"description\": \"d\", \"schema\": {\"type\": 5}}",
            "invalid-schema",
            "/schema/type"),
        Arguments.of(
            "{\"name\": \"a.b\", \"description\": \"d\", \"schema\": {\"$ref\":"
                + " \"http://e.com/s\"}}",
            "invalid-schema",
            "/schema"),
        Arguments.of(
            "{\"name\": \"a.b\", \"description\": \"d\", \"schema\": {\"type\": \"object\"},"
                + " \"example\": 5}",
            "invalid-example",
            "/example"),
        Arguments.of(
            "{\"name\": \"a.b\", \"description\": \"d\", \"schema\": {\"description\": \""
                + "x".repeat(70_000)
                + "\"}}",
            "invalid-schema",
            "/schema"));
  }

  @Test
  void aTenantHasNoMoreTypesThanTheLimit() {
    for (int i = 0; i < 5; i++) {
      assertThat(
              client
                  .post("/api/event-types", "{\"name\": \"a.t" + i + "\", \"description\": \"d\"}")
                  .status())
          .isEqualTo(201);
    }

    Answer refused =
        client.post("/api/event-types", "{\"name\": \"a.more\", \"description\": \"d\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("too-many-event-types");
  }

  @Test
  void anEventReachesTheBackboneWithEveryDigit(KafkaBackend kafka) throws Exception {
    client.post("/api/event-types", ORDER_PAID);
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    try (TopicRecording recording = kafka.record(Topics.CUSTOM_EVENTS)) {
      Answer answer =
          client.post(
              "/api/events",
              """
              {"type": "order.paid", "key": "o-1",
               "data": {"orderId": "o-1", "total": 12345678901234567890.10, "note": "é"}}
              """,
              "traceparent",
              trace);

      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      assertThat(answer.header("Location")).isEqualTo("/api/events/" + answer.text("id"));
      EventRecord event = theOne(recording);
      assertThat(event.id()).isEqualTo(answer.text("id"));
      assertThat(event.type()).isEqualTo("order.paid");
      assertThat(event.source()).isEqualTo("/api/events");
      assertThat(event.key()).isEqualTo("o-1");
      assertThat(event.subject()).isEqualTo("o-1");
      assertThat(event.time()).isEqualTo(answer.text("timestamp"));
      assertThat(event.traceparent()).isEqualTo(trace);
      assertThat(new String(event.data(), UTF_8))
          .isEqualTo("{\"orderId\":\"o-1\",\"total\":12345678901234567890.10,\"note\":\"é\"}");
    }
  }

  @Test
  void withoutAKeyAnEventIsItsOwn(KafkaBackend kafka) throws Exception {
    client.post("/api/event-types", "{\"name\": \"a.b\", \"description\": \"any JSON\"}");
    try (TopicRecording recording = kafka.record(Topics.CUSTOM_EVENTS)) {
      Answer answer = client.post("/api/events", "{\"type\": \"a.b\", \"data\": [1, null]}");

      EventRecord event = theOne(recording);
      assertThat(event.key()).isEqualTo(answer.text("id"));
      assertThat(event.subject()).isNull();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badEvents")
  void refusesAnEventThatCannotBe(String body, String code, String pointer) {
    client.post("/api/event-types", ORDER_PAID);

    Answer answer = client.post("/api/events", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
    assertThat(answer.pointers()).as(answer.body()).contains(pointer);
  }

  static Stream<Arguments> badEvents() {
    return Stream.of(
        Arguments.of("{\"data\": {}}", "unknown-event", "/type"),
        Arguments.of("{\"type\": \"plan.started\", \"data\": {}}", "built-in-event", "/type"),
        Arguments.of("{\"type\": \"plan.mine\", \"data\": {}}", "built-in-event", "/type"),
        Arguments.of("{\"type\": \"no.such.type\", \"data\": {}}", "unknown-event", "/type"),
        Arguments.of("{\"type\": \"order.paid\"}", "invalid-data", "/data"),
        Arguments.of("{\"type\": \"order.paid\", \"data\": {}}", "invalid-data", "/data"),
        Arguments.of(
            "{\"type\": \"order.paid\", \"data\": {\"orderId\": 5}}",
            "invalid-data",
            "/data/orderId"),
        Arguments.of(
            "{\"type\": \"order.paid\", \"data\": {\"orderId\": \"" + "x".repeat(262_144) + "\"}}",
            "data-too-large",
            "/data"),
        Arguments.of(
            "{\"type\": \"order.paid\", \"data\": {\"orderId\": \"1\"}, \"key\": \"a\\nb\"}",
            "invalid-key",
            "/key"),
        Arguments.of("{\"type\": \"order.paid\", \"dta\": {}}", "unknown-field", "/dta"));
  }

  @Test
  void malformedJsonIsAProblem() {
    Answer answer = client.post("/api/events", "{\"type\": \"a.b\", \"data\": {,}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("malformed-json");
  }

  @Test
  void theSameRequestWithAnIdempotencyKeyIsOneEvent(KafkaBackend kafka) throws Exception {
    client.post("/api/event-types", ORDER_PAID);
    String body = "{\"type\": \"order.paid\", \"data\": {\"orderId\": \"1\"}}";
    try (TopicRecording recording = kafka.record(Topics.CUSTOM_EVENTS)) {
      Answer first = client.post("/api/events", body, "Idempotency-Key", "k1");
      Answer again = client.post("/api/events", body, "Idempotency-Key", "k1");

      assertThat(again.body()).isEqualTo(first.body());
      assertThat(theOne(recording).id()).isEqualTo(first.text("id"));
    }
  }

  @Test
  void aRepeatAfterAnUnknownOutcomeIsTheSameEvent() {
    var mine = new dev.anton.schemas.id.Tenant(tenant);
    byte[] request = "request".getBytes(UTF_8);

    EventIdentity first = identities.of(mine, "k1", request);

    assertThat(identities.of(mine, "k1", request)).isEqualTo(first);
    assertThat(identities.of(mine, "k2", request)).isNotEqualTo(first);
    assertThat(identities.of(mine, "k1", "another".getBytes(UTF_8))).isNotEqualTo(first);
    assertThat(identities.of(mine, null, request)).isNotEqualTo(first);

    jdbc.sql("update published_event set event_time = now() - interval '2 days' where tenant = ?")
        .param(tenant)
        .update();
    identities.forgetOld();
    assertThat(identities.of(mine, "k1", request)).isNotEqualTo(first);
  }

  private EventRecord theOne(TopicRecording recording) throws Exception {
    Awaitility.await().until(() -> !mine(recording).isEmpty());
    assertThat(mine(recording)).hasSize(1);
    return CloudEventHeaders.fromRecord(mine(recording).getFirst());
  }

  private List<ConsumerRecord<String, byte[]>> mine(TopicRecording recording) {
    return recording.records(
        record ->
            new String(record.headers().lastHeader(CloudEventHeaders.TENANT).value(), UTF_8)
                .equals(tenant));
  }
}

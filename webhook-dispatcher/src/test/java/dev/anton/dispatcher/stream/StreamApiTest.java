package dev.anton.dispatcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.api.ApiTest;
import dev.anton.dispatcher.api.TenantOfTest;
import dev.anton.dispatcher.stream.Listener.Heard;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class StreamApiTest {

  private static final String LAST = "Last-Event-ID";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private MeterRegistry meters;
  @Autowired private StreamSettings settings;

  private final List<Listener> listeners = new ArrayList<>();
  private TenantOfTest tenant;

  @BeforeEach
  void open() {
    tenant = new TenantOfTest(port);
  }

  @AfterEach
  void close() {
    listeners.forEach(Listener::close);
    tenant.close();
  }

  @Test
  void whatHappensArrivesInTheEnvelope() {
    Listener listener = listener(tenant).listen("");

    String id = tenant.publish("k-1");

    assertThat(listener.idsUpTo(id)).containsExactly(id);
    Heard heard = listener.heard().getFirst();
    assertThat(heard.event()).isEqualTo(TenantOfTest.TYPE);
    assertThat(heard.json().propertyNames())
        .containsExactly("id", "event", "timestamp", "key", "data");
    assertThat(heard.json().path("id").asString()).isEqualTo(id);
    assertThat(heard.json().path("event").asString()).isEqualTo(TenantOfTest.TYPE);
    assertThat(heard.json().path("key").asString()).isEqualTo("k-1");
    assertThat(heard.json().at("/data/k").asString()).isEqualTo("k-1");
  }

  @Test
  void onlyWhatIsAskedForArrives() {
    tenant.addType("order.refunded");
    tenant.addType("parcel.sent");
    Listener byType = listener(tenant).listen("?type=plan.*,order.refunded&type=parcel.*");
    Listener byKey = listener(tenant).listen("?type=*&key=b");

    tenant.publish("a");
    String refunded = tenant.publish("order.refunded", "a");
    String sent = tenant.publish("parcel.sent", "a");
    String ofKey = tenant.publish("b");
    String last = tenant.publish("order.refunded", "b");

    byType.idsUpTo(last);
    byType.idsUpTo(sent);
    assertThat(byType.idsUpTo(refunded)).containsExactlyInAnyOrder(refunded, sent, last);
    assertThat(byKey.idsUpTo(last)).containsExactly(ofKey, last);
  }

  @Test
  void whoComesBackGetsWhatWasMissedInOrderAndGoesOnLive() {
    Listener first = listener(tenant).listen("?key=a");
    String seen = tenant.publish("a");
    first.idsUpTo(seen);
    first.close();
    List<String> ofA = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ofA.add(tenant.publish("a"));
      all.add(ofA.getLast());
      all.add(tenant.publish("k-" + i));
    }

    Listener again = listener(tenant).listen("?key=a", LAST, seen);
    Listener ofAll = listener(tenant).listen("", LAST, seen);
    String live = tenant.publish("a");

    ofA.add(live);
    assertThat(again.idsUpTo(live)).containsExactlyElementsOf(ofA);
    all.add(live);
    assertThat(ofAll.idsUpTo(live)).doesNotContain(seen).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void anotherTenantsEventsDoNotArrive() {
    try (TenantOfTest other = new TenantOfTest(port)) {
      Listener listener = listener(tenant).listen("");
      // One key, so that they lie behind each other.
      String foreign = other.publish("a");
      String own = tenant.publish("a");

      assertThat(listener.idsUpTo(own)).containsExactly(own);
      assertProblem(listener(tenant).refused("", LAST, foreign), 400, "unknown-last-event");
    }
  }

  @Test
  void anEventThatIsTooOldOrGoneIsRefused() {
    String old = tenant.publish("a");
    String gone = tenant.publish("a");
    Awaitility.await().until(() -> journaled(old) && journaled(gone));
    jdbc.sql("update events set logged_at = logged_at - interval '2 days' where event_id = ?")
        .param(old)
        .update();
    jdbc.sql("update events set kafka_offset = kafka_offset - 1 where event_id = ?")
        .param(gone)
        .update();

    assertProblem(listener(tenant).refused("", LAST, old), 410, "stream-gone");
    assertProblem(listener(tenant).refused("", LAST, gone), 410, "stream-gone");
    assertProblem(listener(tenant).refused("?type=plan*"), 400, "invalid-type");
  }

  @Test
  void aTenantHasOnlySoManyStreams() {
    for (int i = 0; i < settings.perTenant(); i++) {
      listener(tenant).listen("");
    }

    assertProblem(listener(tenant).refused(""), 429, "too-many-streams");
    assertThat(meters.get("anton.streams").gauge().value())
        .isGreaterThanOrEqualTo(settings.perTenant());
    try (TenantOfTest other = new TenantOfTest(port)) {
      listener(other).listen("");
    }
    listeners.getFirst().close();
    Awaitility.await()
        .untilAsserted(
            () -> {
              // That a client has left is noticed when something is written to it.
              tenant.publish("a");
              listener(tenant).listen("");
            });
  }

  private Listener listener(TenantOfTest of) {
    Listener listener = new Listener(port, of.id());
    listeners.add(listener);
    return listener;
  }

  private boolean journaled(String event) {
    return tenant.client().get("/api/events/" + event).status() == 200;
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(response.body()).contains("\"" + code + "\"");
  }
}

package dev.anton.dispatcher.parking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.journal.RecordHeaderBytes;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets claimed, when one tenant has many thousand rows. */
@BackendsTest(role = "dispatcher")
class ParkedRowsTest {

  private static final int FLOOD = 20_000;

  private JdbcClient jdbc;
  private ParkedRows rows;

  @BeforeEach
  void migrate(PostgresBackend postgres) {
    Flyway.configure()
        .dataSource(postgres.dataSource())
        .locations("classpath:db/migration/journal")
        .load()
        .migrate();
    jdbc = JdbcClient.create(postgres.dataSource());
    jdbc.sql("truncate parked").update();
    rows = new ParkedRows(jdbc, "dsp_test", Duration.ofSeconds(30));
  }

  @Test
  void aTenantWithAFloodOfDueRowsDelaysNobody() {
    park("flood", "wh_flood", "due", FLOOD, "-1 hour");
    park("small", "wh_small", "due", 5, "-1 second");
    park("later", "wh_later", "due", 5, "1 hour");

    List<ParkedRow> claimed = rows.claimDue(1000);

    assertThat(of("small", claimed)).isEqualTo(5);
    assertThat(of("flood", claimed)).isEqualTo(500);
    assertThat(claimed).hasSize(505);
    assertThat(rows.oldestDue()).isGreaterThan(Duration.ofMinutes(50));
    // Alone, it gets all there is room for.
    assertThat(rows.claimDue(1000)).hasSize(1000);
  }

  @Test
  void aTenantIsClaimedNoMoreOfThanItMayHave() {
    park("flood", "wh_flood", "due", 100, "-1 hour");
    park("small", "wh_small", "due", 5, "-1 second");

    List<ParkedRow> claimed = rows.claimDue(50, Map.of("flood", 3), 50);

    assertThat(of("flood", claimed)).isEqualTo(3);
    assertThat(of("small", claimed)).isEqualTo(5);
    assertThat(of("flood", rows.claimDue(50, Map.of("flood", 0), 50))).isZero();
  }

  @Test
  void withMoreTenantsThanRoomThoseWaitingLongestComeFirst() {
    for (int tenant = 0; tenant < 10; tenant++) {
      park("t" + tenant, "wh_" + tenant, "due", 2, "-" + (tenant + 1) + " minutes");
    }

    assertThat(rows.claimDue(3)).extracting(ParkedRow::tenant).containsExactly("t9", "t8", "t7");
  }

  @Test
  void whatWaitsIsClaimedBySubscriptionAsFarAsEachHasRoom() {
    park("flood", "wh_flood", "waiting", 100, "-1 hour");
    park("small", "wh_small", "waiting", 5, "-1 second");

    List<ParkedRow> claimed = rows.claimWaiting(Map.of("wh_flood", 7, "wh_small", 10));

    assertThat(of("flood", claimed)).isEqualTo(7);
    assertThat(of("small", claimed)).isEqualTo(5);
    assertThat(rows.waitingSubscriptions()).containsExactly("wh_flood");
  }

  private static long of(String tenant, List<ParkedRow> claimed) {
    return claimed.stream().filter(row -> row.tenant().equals(tenant)).count();
  }

  private void park(String tenant, String subscription, String state, int count, String due) {
    EventRecord event =
        new EventRecord(
            Ids.event(),
            "order.paid",
            "/test",
            Instant.parse("2026-11-26T10:00:00Z"),
            "k",
            new Tenant(tenant),
            "k",
            null,
            null,
            "{}".getBytes(UTF_8));
    jdbc.sql(
            """
            insert into parked (delivery_id, tenant, subscription_id, event_id, event_time,
                                event_type, topic, kafka_partition, kafka_offset, logged_at,
                                record_headers, record_value, state, attempts, due_at, parked_at)
            select :tenant || n, :tenant, :subscription, :event, now(), 'order.paid',
                   'anton.custom.events', 0, n, now(), :headers, '{}'::bytea, :state, 1,
                   now() + cast(:due as interval) + n * interval '1 microsecond', now()
              from generate_series(1, :count) n
            """)
        .param("tenant", tenant)
        .param("subscription", subscription)
        .param("event", event.id())
        .param("headers", RecordHeaderBytes.write(CloudEventHeaders.toRecord("t", event).headers()))
        .param("state", state)
        .param("due", due)
        .param("count", count)
        .update();
  }
}

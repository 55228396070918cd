package dev.anton.dispatcher.parking;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.anton.dispatcher.journal.RecordHeaderBytes;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parked deliveries of events of 1 KiB, half of them due, over 1,000 subscriptions. */
final class ParkedFill {

  private static final String SQL =
      """
      insert into parked (delivery_id, tenant, subscription_id, event_id, event_time, event_type,
                          topic, kafka_partition, kafka_offset, logged_at, record_headers,
                          record_value, state, attempts, due_at, parked_at)
      select 'dlv_' || lpad(n::text, 32, '0'), 't' || n % :tenants, 'wh_' || n % 1000,
             'evt_' || lpad(n::text, 32, '0'), now(), 'bench.event', 'anton.custom.events', 0, n,
             now(), :headers, :value, 'due', 1,
             now() + (n % 2000 - 1000) * interval '1 second', now()
        from generate_series(1, :rows) n
      """;

  private ParkedFill() {}

  static void into(JdbcClient jdbc, int rows, int tenants) {
    EventRecord event =
        new EventRecord(
            "evt_1",
            "bench.event",
            "/bench",
            Instant.now(),
            null,
            Tenant.DEFAULT,
            null,
            null,
            null,
            ("\"" + "x".repeat(1022) + "\"").getBytes(US_ASCII));
    jdbc.sql(SQL)
        .param("headers", RecordHeaderBytes.write(CloudEventHeaders.toRecord("t", event).headers()))
        .param("value", event.data())
        .param("tenants", tenants)
        .param("rows", rows)
        .update();
    jdbc.sql("vacuum analyze parked").update();
  }
}

package dev.anton.executor.stream;

import dev.anton.outbox.Outbox;
import dev.anton.schemas.event.EventData;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Emits this service's events. Each gets the next {@code ce_sequence} of its key, taken under the
 * lock of that key's row, which the running transaction holds until it ends: events of one key are
 * published in the order of their sequence, without gaps.
 *
 * <p>Lock the execution or job first and append last: every transaction then takes its locks in the
 * same order.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class EventStream {

  private static final String SOURCE = "/executor-service";

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final Clock clock;

  EventStream(JdbcClient jdbc, Outbox outbox, Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Makes a key that another service has emitted events of go on from them. Does nothing if it has
   * gone on already.
   *
   * @param lastSequence of the last event that exists for the key
   */
  public void open(Tenant tenant, String key, long lastSequence) {
    jdbc.sql(
            """
            INSERT INTO event_streams AS s (key, tenant, last_sequence)
            VALUES (:key, :tenant, :lastSequence)
            ON CONFLICT (key) DO UPDATE
            SET last_sequence = greatest(s.last_sequence, excluded.last_sequence)
            """)
        .param("key", key)
        .param("tenant", tenant.id())
        .param("lastSequence", lastSequence)
        .update();
  }

  /** Appends events to one stream, in order. */
  public void append(Tenant tenant, String key, String subject, List<? extends EventData> events) {
    append(List.of(new Append(tenant, key, subject, events, null)));
  }

  /**
   * Appends to several streams with a constant number of statements.
   *
   * @throws dev.anton.outbox.RecordTooLargeException if the data of an event is too large
   */
  public void append(List<Append> appends) {
    Map<String, Long> next = reserve(appends);
    Instant now = clock.instant();
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (Append append : appends) {
      for (EventData data : append.events()) {
        long sequence = next.merge(append.key(), 1L, Long::sum);
        records.add(
            CloudEventHeaders.toRecord(
                Topics.LIFECYCLE_EVENTS, record(append, data, sequence, now)));
      }
    }
    if (!records.isEmpty()) {
      outbox.append(records);
    }
  }

  private static EventRecord record(Append append, EventData data, long sequence, Instant now) {
    return new EventRecord(
        Ids.event(),
        EventTypes.nameOf(data),
        SOURCE,
        now,
        append.subject(),
        append.tenant(),
        append.key(),
        sequence,
        append.traceparent(),
        WireJson.write(data));
  }

  /** Takes as many sequences of each key as it has events; the answer is the last before them. */
  private Map<String, Long> reserve(List<Append> appends) {
    // Sorted: two transactions that touch the same keys lock them in the same order.
    Map<String, Long> counts = new TreeMap<>();
    Map<String, String> tenants = new HashMap<>();
    for (Append append : appends) {
      if (!append.events().isEmpty()) {
        counts.merge(append.key(), (long) append.events().size(), Long::sum);
        tenants.put(append.key(), append.tenant().id());
      }
    }
    if (counts.isEmpty()) {
      return Map.of();
    }
    String[] keys = counts.keySet().toArray(String[]::new);
    Map<String, Long> before = new HashMap<>();
    jdbc.sql(
            """
            INSERT INTO event_streams AS s (key, tenant, last_sequence)
            SELECT key, tenant, events
            FROM unnest(:keys::text[], :tenants::text[], :counts::bigint[])
              AS a (key, tenant, events)
            ORDER BY key
            ON CONFLICT (key) DO UPDATE
            SET last_sequence = s.last_sequence + excluded.last_sequence
            RETURNING key, last_sequence
            """)
        .param("keys", keys)
        .param("tenants", counts.keySet().stream().map(tenants::get).toArray(String[]::new))
        .param("counts", counts.values().toArray(Long[]::new))
        .query(
            row -> {
              String key = row.getString("key");
              before.put(key, row.getLong("last_sequence") - counts.getOrDefault(key, 0L));
            });
    return before;
  }
}

package dev.anton.dispatcher.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds where in the log a client's last event lies. */
final class LastEvents {

  /** A client may have seen an event before the journal has it. */
  private static final Duration JOURNALED = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final JdbcClient jdbc;
  private final EventLog log;
  private final Clock clock;
  private final Duration window;

  LastEvents(JdbcClient jdbc, EventLog log, Clock clock, Duration window) {
    this.jdbc = jdbc;
    this.log = log;
    this.clock = clock;
    this.window = window;
  }

  /**
   * Looks the event up.
   *
   * @throws ProblemException if there is no such event, or it is too old to go on after
   */
  LastEvent find(Tenant tenant, String id) throws InterruptedException {
    Optional<LastEvent> found = journaled(tenant, id);
    long deadline = System.nanoTime() + JOURNALED.toNanos();
    while (found.isEmpty() && System.nanoTime() - deadline < 0) {
      Thread.sleep(PAUSE);
      found = journaled(tenant, id);
    }
    LastEvent last =
        found.orElseThrow(
            () ->
                ProblemException.badInput(
                    "unknown-last-event",
                    "Last-Event-ID",
                    "Last-Event-ID is the id of an event of this tenant; "
                        + "there is none of this id, or it is not recorded yet"));
    boolean isThere =
        last.loggedAt().isAfter(clock.instant().minus(window))
            && log.read(last.position()).filter(record -> id.equals(id(record))).isPresent();
    if (!isThere) {
      throw gone("The event of Last-Event-ID is too old, or no longer in the log");
    }
    return last;
  }

  static ProblemException gone(String why) {
    return new ProblemException(
        HttpStatus.GONE,
        "stream-gone",
        why
            + ": what came since is not streamed any more. GET /api/events lists it; "
            + "without Last-Event-ID, the stream begins with what happens from now on",
        List.of());
  }

  private Optional<LastEvent> journaled(Tenant tenant, String id) {
    return jdbc.sql(
            """
            select topic, kafka_partition, kafka_offset, logged_at
              from events
             where event_id = :id and tenant = :tenant
             order by logged_at
             limit 1
            """)
        .param("id", id)
        .param("tenant", tenant.id())
        .query(
            (row, _) ->
                new LastEvent(
                    new RecordPosition(
                        row.getString("topic"),
                        row.getInt("kafka_partition"),
                        row.getLong("kafka_offset")),
                    row.getObject("logged_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  private static String id(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(CloudEventHeaders.ID);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}

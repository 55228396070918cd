package dev.anton.planner.session;

import dev.anton.outbox.Outbox;
import dev.anton.schemas.command.StartExecution;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.PlanEvent;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Leaves a session's records in the outbox, keyed by the session. */
@Component
class SessionRecords {

  private static final String SOURCE = "/planner-service";

  private final Outbox outbox;
  private final Clock clock;

  SessionRecords(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Appends events in the running transaction, which holds the session's row lock.
   *
   * @param lastSequence the session's version, events included
   */
  void append(Session session, List<? extends PlanEvent> events, long lastSequence) {
    Instant now = clock.instant();
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    long sequence = lastSequence - events.size();
    for (PlanEvent event : events) {
      sequence++;
      EventRecord record =
          record(session, EventTypes.nameOf(event), session.id(), sequence, event, now);
      records.add(CloudEventHeaders.toRecord(Topics.LIFECYCLE_EVENTS, record));
    }
    outbox.append(records);
  }

  /** Appends the command that has the executor run the session's plan. */
  void append(Session session, StartExecution command) {
    EventRecord record =
        record(session, StartExecution.TYPE, command.executionId(), null, command, clock.instant());
    outbox.append(CloudEventHeaders.toRecord(Topics.EXECUTION_COMMANDS, record));
  }

  private static EventRecord record(
      Session session,
      String type,
      String subject,
      @Nullable Long sequence,
      Object data,
      Instant now) {
    return new EventRecord(
        Ids.event(),
        type,
        SOURCE,
        now,
        subject,
        session.tenant(),
        session.id(),
        sequence,
        session.traceparent(),
        WireJson.write(data));
  }
}

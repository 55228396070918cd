package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.delivery.EventReading;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a record as an event that is safe to deliver, or says why it is none. */
public final class EventCheck {

  /** Times outside of it are a producer's mistake, and PostgreSQL could not hold all of them. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final EventTopics topics;

  public EventCheck(EventTopics topics) {
    this.topics = topics;
  }

  /**
   * Reads and checks.
   *
   * @throws UndecodableEventException with the reason, which holds nothing of the record's content
   */
  public InboundEvent read(ConsumerRecord<byte[], byte[]> record) throws UndecodableEventException {
    InboundEvent inbound = EventReading.read(record);
    EventRecord event = inbound.event();
    checkForHeader("ce_id", event.id());
    checkForHeader("ce_type", event.type());
    if (event.time().isBefore(EARLIEST) || event.time().isAfter(LATEST)) {
      throw new UndecodableEventException("The header ce_time is not between 1970 and 9999");
    }
    checkType(record.topic(), event.type());
    Optional<Tenant> bound = topics.boundTenant(record.topic());
    if (bound.isPresent() && !bound.get().equals(event.tenant())) {
      throw new UndecodableEventException(
          "The topic is bound to another tenant than the header ce_tenant names");
    }
    JsonCheck.check(event.data());
    return inbound;
  }

  private static void checkType(String topic, String type) throws UndecodableEventException {
    boolean reserved = EventTypes.hasReservedPrefix(type);
    if (EventTopics.isBuiltIn(topic) && !reserved) {
      throw new UndecodableEventException("The type is no built-in one, which this topic is for");
    }
    if (!EventTopics.isBuiltIn(topic) && reserved) {
      throw new UndecodableEventException("Built-in types do not count on this topic");
    }
  }

  /** Both travel as HTTP headers. */
  private static void checkForHeader(String name, String value) throws UndecodableEventException {
    boolean fits = value.length() <= 255;
    for (int i = 0; fits && i < value.length(); i++) {
      fits = value.charAt(i) > ' ' && value.charAt(i) < 127;
    }
    if (!fits) {
      throw new UndecodableEventException(
          "The header " + name + " must be 1 to 255 visible ASCII characters");
    }
  }
}

package dev.anton.dispatcher.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.api.tracing.TraceHeader;
import dev.anton.dispatcher.eventtype.EventTypeCatalogue;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a tenant's event against its type and sends it. */
@Component
class EventPublication {

  private static final String SOURCE = "/api/events";

  /** Larger results go by reference. */
  private static final int MAX_DATA_BYTES = 256 * 1024;

  private static final int MAX_KEY = 200;
  private static final int LISTED_TYPES = 100;

  private final EventTypeCatalogue catalogue;
  private final EventIdentities identities;
  private final CustomEventProducer producer;

  EventPublication(
      EventTypeCatalogue catalogue, EventIdentities identities, CustomEventProducer producer) {
    this.catalogue = catalogue;
    this.identities = identities;
    this.producer = producer;
  }

  /**
   * Returns once the brokers have the event.
   *
   * @throws ProblemException if the event cannot be accepted, or they do not answer
   */
  PublishedEvent publish(
      Tenant tenant,
      PublishRequest request,
      @Nullable String idempotencyKey,
      @Nullable String traceparent) {
    String type = type(tenant, request.type());
    byte[] data = data(tenant, type, request.data());
    String key = key(request.key());
    EventIdentity identity = identities.of(tenant, idempotencyKey, fingerprint(type, key, data));
    producer.send(
        new EventRecord(
            identity.id(),
            type,
            SOURCE,
            identity.time(),
            key,
            tenant,
            key == null ? identity.id() : key,
            null,
            TraceHeader.checked(traceparent),
            data));
    return new PublishedEvent(identity.id(), type, identity.time(), key);
  }

  private String type(Tenant tenant, @Nullable String type) {
    if (type == null || type.isBlank()) {
      throw ProblemException.badInput(
          "unknown-event", "/type", "type is required: one of the tenant's own event types");
    }
    if (EventTypes.hasReservedPrefix(type)) {
      throw ProblemException.badInput(
          "built-in-event",
          "/type",
          "Events whose names begin as the built-in ones do are sent by Anton alone; publish a type"
              + " of your own, registered with POST /api/event-types");
    }
    if (!catalogue.isCustom(tenant, type)) {
      List<String> own = catalogue.ownNames(tenant, LISTED_TYPES);
      throw ProblemException.badInput(
          "unknown-event",
          "/type",
          "There is no event type of that name; "
              + (own.isEmpty()
                  ? "register it first with POST /api/event-types"
                  : "known are " + String.join(", ", own)));
    }
    return type;
  }

  private byte[] data(Tenant tenant, String type, @Nullable RawJson data) {
    if (data == null) {
      throw ProblemException.badInput("invalid-data", "/data", "data is required: any JSON value");
    }
    if (data.bytes().length > MAX_DATA_BYTES) {
      throw ProblemException.badInput(
          "data-too-large",
          "/data",
          "data has at most " + MAX_DATA_BYTES + " bytes; send what is larger by reference");
    }
    List<FieldError> errors = catalogue.check(tenant, type, data.tree());
    if (!errors.isEmpty()) {
      throw ProblemException.badInput(
          "invalid-data",
          "data does not satisfy the schema of " + type + " (GET /api/event-types/" + type + ")",
          errors.stream()
              .map(error -> new FieldError("/data" + error.pointer(), error.detail()))
              .toList());
    }
    return data.bytes();
  }

  private static @Nullable String key(@Nullable String key) {
    if (key == null) {
      return null;
    }
    if (key.isBlank()
        || key.length() > MAX_KEY
        || key.codePoints()
            .anyMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
      throw ProblemException.badInput(
          "invalid-key",
          "/key",
          "key is a text of 1 to " + MAX_KEY + " characters without control characters");
    }
    return key;
  }

  private static byte[] fingerprint(String type, @Nullable String key, byte[] data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(type.getBytes(UTF_8));
    all.write(0);
    all.writeBytes((key == null ? "" : key).getBytes(UTF_8));
    all.write(0);
    all.writeBytes(data);
    return all.toByteArray();
  }
}

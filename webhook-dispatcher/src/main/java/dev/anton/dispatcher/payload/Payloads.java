package dev.anton.dispatcher.payload;

import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.time.Timestamps;

/**
 * Renders events. The data's bytes are put in as they came, without being bound to anything; only
 * {@link PayloadFormat#FLAT} looks into them, for where its fields begin and end.
 */
public final class Payloads {

  /** Room for the envelope, so that the common case is one allocation. */
  private static final int ENVELOPE = 160;

  private Payloads() {}

  public static Payload render(EventRecord event, PayloadFormat format) {
    return switch (format) {
      case ANTON -> Payload.json(enveloped("event", event));
      case STANDARD -> Payload.json(enveloped("type", event));
      case FLAT -> Payload.json(FlatPayload.render(event));
      case CLOUDEVENTS -> CloudEventPayload.structured(event);
      case CLOUDEVENTS_BINARY -> CloudEventPayload.binary(event);
    };
  }

  /**
   * The envelope of {@link PayloadFormat#ANTON} with what is a header there: for a reader who gets
   * nothing but the body.
   */
  public static byte[] selfContained(EventRecord event) {
    JsonBytes json =
        new JsonBytes(event.data().length + event.type().length() + 2 * ENVELOPE)
            .raw("{\"id\":")
            .quoted(event.id())
            .raw(",\"event\":")
            .quoted(event.type())
            .raw(",\"timestamp\":\"")
            .raw(Timestamps.format(event.time()))
            .raw("\",\"key\":");
    String key = event.key();
    return (key == null ? json.raw("null") : json.quoted(key))
        .raw(",\"data\":")
        .raw(event.data())
        .raw("}")
        .toByteArray();
  }

  private static byte[] enveloped(String nameField, EventRecord event) {
    return new JsonBytes(event.data().length + event.type().length() + ENVELOPE)
        .raw("{\"")
        .raw(nameField)
        .raw("\":")
        .quoted(event.type())
        .raw(",\"timestamp\":\"")
        .raw(Timestamps.format(event.time()))
        .raw("\",\"data\":")
        .raw(event.data())
        .raw("}")
        .toByteArray();
  }
}

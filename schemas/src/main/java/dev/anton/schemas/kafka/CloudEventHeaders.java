package dev.anton.schemas.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.time.Timestamps;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents 1.0 Kafka binding in binary mode: attributes are headers named {@code ce_…}, the
 * value is the data alone. Routing therefore needs no look at the value.
 */
public final class CloudEventHeaders {

  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String TIME = "ce_time";
  public static final String SUBJECT = "ce_subject";
  public static final String TENANT = "ce_tenant";
  public static final String SEQUENCE = "ce_sequence";
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";

  /** Longest header value that is read, in bytes; longer ones make a record undecodable. */
  private static final int MAX_HEADER_BYTES = 1024;

  private CloudEventHeaders() {}

  public static ProducerRecord<String, byte[]> toRecord(String topic, EventRecord event) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, event.key(), event.data());
    Headers headers = record.headers();
    add(headers, SPEC_VERSION, "1.0");
    add(headers, ID, event.id());
    add(headers, TYPE, event.type());
    add(headers, SOURCE, event.source());
    add(headers, TIME, Timestamps.format(event.time()));
    add(headers, SUBJECT, event.subject());
    add(headers, TENANT, event.tenant().id());
    add(headers, SEQUENCE, event.sequence() == null ? null : Long.toString(event.sequence()));
    add(headers, CONTENT_TYPE, "application/json");
    add(headers, TRACEPARENT, event.traceparent());
    return record;
  }

  /**
   * Reads a record's attributes; the value is passed through unread. Of a header that is there
   * twice, the last counts.
   *
   * @throws UndecodableEventException if a required header is missing or has no such form, or there
   *     is no value
   */
  public static EventRecord fromRecord(ConsumerRecord<String, byte[]> record)
      throws UndecodableEventException {
    return read(record.headers(), record.key(), record.value());
  }

  /**
   * Reads a record whose key is read already.
   *
   * @throws UndecodableEventException as {@link #fromRecord}
   */
  public static EventRecord read(Headers headers, @Nullable String key, byte @Nullable [] data)
      throws UndecodableEventException {
    if (data == null) {
      throw new UndecodableEventException("The record has no value");
    }
    Attributes attributes = Attributes.of(headers);
    return new EventRecord(
        required(ID, attributes.id),
        required(TYPE, attributes.type),
        required(SOURCE, attributes.source),
        time(required(TIME, attributes.time)),
        optional(SUBJECT, attributes.subject),
        tenant(required(TENANT, attributes.tenant)),
        key,
        sequence(optional(SEQUENCE, attributes.sequence)),
        optional(TRACEPARENT, attributes.traceparent),
        data);
  }

  /** The values of the headers that count, found in one pass over all of them. */
  private static final class Attributes {

    private byte @Nullable [] id;
    private byte @Nullable [] type;
    private byte @Nullable [] source;
    private byte @Nullable [] time;
    private byte @Nullable [] subject;
    private byte @Nullable [] tenant;
    private byte @Nullable [] sequence;
    private byte @Nullable [] traceparent;

    static Attributes of(Headers headers) {
      Attributes found = new Attributes();
      for (Header header : headers) {
        byte[] value = header.value();
        switch (header.key()) {
          case ID -> found.id = value;
          case TYPE -> found.type = value;
          case SOURCE -> found.source = value;
          case TIME -> found.time = value;
          case SUBJECT -> found.subject = value;
          case TENANT -> found.tenant = value;
          case SEQUENCE -> found.sequence = value;
          case TRACEPARENT -> found.traceparent = value;
          default -> {}
        }
      }
      return found;
    }
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }

  private static String required(String name, byte @Nullable [] bytes)
      throws UndecodableEventException {
    String value = optional(name, bytes);
    if (value == null || value.isBlank()) {
      throw new UndecodableEventException("The header " + name + " is missing");
    }
    return value;
  }

  private static @Nullable String optional(String name, byte @Nullable [] bytes)
      throws UndecodableEventException {
    if (bytes == null) {
      return null;
    }
    if (bytes.length > MAX_HEADER_BYTES) {
      throw new UndecodableEventException(
          "The header " + name + " is longer than " + MAX_HEADER_BYTES + " bytes");
    }
    if (isPlain(bytes)) {
      return new String(bytes, ISO_8859_1);
    }
    try {
      String value = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw new UndecodableEventException("The header " + name + " holds control characters");
      }
      return value;
    } catch (CharacterCodingException e) {
      throw new UndecodableEventException("The header " + name + " is not UTF-8");
    }
  }

  /** Visible ASCII and spaces, as nearly all headers are: there is nothing in it to check. */
  private static boolean isPlain(byte[] value) {
    for (byte b : value) {
      if (b < ' ' || b == 127) {
        return false;
      }
    }
    return true;
  }

  private static Instant time(String value) throws UndecodableEventException {
    try {
      return Timestamps.parse(value);
    } catch (DateTimeParseException e) {
      throw new UndecodableEventException("The header " + TIME + " is no ISO-8601 time");
    }
  }

  private static Tenant tenant(String value) throws UndecodableEventException {
    try {
      return new Tenant(value);
    } catch (IllegalArgumentException e) {
      throw new UndecodableEventException("The header " + TENANT + " is no tenant id");
    }
  }

  private static @Nullable Long sequence(@Nullable String value) throws UndecodableEventException {
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw new UndecodableEventException("The header " + SEQUENCE + " is no number");
    }
  }
}

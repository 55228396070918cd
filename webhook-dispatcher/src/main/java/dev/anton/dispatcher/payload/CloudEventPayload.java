package dev.anton.dispatcher.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.time.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;

/** CloudEvents 1.0 over HTTP, structured and binary content mode. */
final class CloudEventPayload {

  private CloudEventPayload() {}

  static Payload structured(EventRecord event) {
    JsonBytes json = new JsonBytes(event.data().length + 400);
    json.raw("{\"specversion\":\"1.0\",\"id\":").quoted(event.id());
    json.raw(",\"source\":").quoted(event.source());
    json.raw(",\"type\":").quoted(event.type());
    if (event.subject() != null) {
      json.raw(",\"subject\":").quoted(event.subject());
    }
    json.raw(",\"time\":\"").raw(Timestamps.format(event.time())).raw("\"");
    if (event.sequence() != null) {
      // The sequence extension is a string: its values compare as text of equal length or by rule.
      json.raw(",\"sequence\":\"").raw(Long.toString(event.sequence())).raw("\"");
    }
    if (event.traceparent() != null) {
      json.raw(",\"traceparent\":").quoted(event.traceparent());
    }
    json.raw(",\"datacontenttype\":\"application/json\",\"data\":").raw(event.data()).raw("}");
    return new Payload(json.toByteArray(), "application/cloudevents+json; charset=UTF-8", Map.of());
  }

  static Payload binary(EventRecord event) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", encoded(event.id()));
    headers.put("ce-source", encoded(event.source()));
    headers.put("ce-type", encoded(event.type()));
    if (event.subject() != null) {
      headers.put("ce-subject", encoded(event.subject()));
    }
    headers.put("ce-time", Timestamps.format(event.time()));
    if (event.sequence() != null) {
      headers.put("ce-sequence", Long.toString(event.sequence()));
    }
    if (event.traceparent() != null) {
      headers.put("ce-traceparent", encoded(event.traceparent()));
    }
    return new Payload(event.data(), "application/json", headers);
  }

  /**
   * Percent-encodes what may not stand in a header (HTTP protocol binding 1.0.2, 3.1.3.2): space,
   * double quote, percent and everything outside of printable ASCII.
   */
  private static String encoded(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (byte b : value.getBytes(UTF_8)) {
      int octet = b & 0xff;
      if (octet <= ' ' || octet == '"' || octet == '%' || octet > '~') {
        text.append('%');
        text.append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)));
        text.append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
      } else {
        text.append((char) octet);
      }
    }
    return text.toString();
  }
}

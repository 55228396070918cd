package dev.anton.dispatcher.payload;

import java.util.Map;

/**
 * What is sent of an event.
 *
 * @param body the bytes that are signed and sent
 * @param headers those that the format itself asks for, beside the content type
 */
@SuppressWarnings("ArrayRecordComponent") // signed and sent as they are
public record Payload(byte[] body, String contentType, Map<String, String> headers) {

  static Payload json(byte[] body) {
    return new Payload(body, "application/json", Map.of());
  }
}

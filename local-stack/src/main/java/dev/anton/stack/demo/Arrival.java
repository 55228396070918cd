package dev.anton.stack.demo;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook that arrived.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings(
    "ArrayRecordComponent") // the very bytes that were signed; nobody compares arrivals
record Arrival(String path, Map<String, String> headers, byte[] body, Instant at) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  String event() {
    return header("x-anton-event").orElse("(no X-Anton-Event)");
  }

  JsonNode json() {
    return JSON.readTree(body);
  }

  /** What the event says about itself; the whole body in the Playground's format. */
  JsonNode data() {
    JsonNode json = json();
    return json.has("data") ? json.get("data") : json;
  }

  /** From the event's own time until it was here. */
  Optional<Duration> latency() {
    try {
      return header("x-anton-timestamp").map(time -> Duration.between(Instant.parse(time), at));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

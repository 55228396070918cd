package dev.anton.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.type.TypeReference;

/** Record headers as the text that the table holds; header values are UTF-8. */
final class RecordHeaders {

  private static final TypeReference<LinkedHashMap<String, String>> FORM = new TypeReference<>() {};

  private RecordHeaders() {}

  static String write(Headers headers) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Header header : headers) {
      values.put(header.key(), new String(header.value(), UTF_8));
    }
    return WireJson.mapper().writeValueAsString(values);
  }

  /**
   * Whose record it is.
   *
   * @throws IllegalArgumentException if it does not say
   */
  static String tenant(Headers headers) {
    Header tenant = headers.lastHeader(CloudEventHeaders.TENANT);
    if (tenant == null) {
      throw new IllegalArgumentException(
          "A record carries its tenant in the header " + CloudEventHeaders.TENANT);
    }
    return new String(tenant.value(), UTF_8);
  }

  static void read(String text, Headers into) {
    WireJson.mapper()
        .readValue(text, FORM)
        .forEach((name, value) -> into.add(name, value.getBytes(UTF_8)));
  }
}

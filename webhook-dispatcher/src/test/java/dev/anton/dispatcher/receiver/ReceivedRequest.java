package dev.anton.dispatcher.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param headers names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came
public record ReceivedRequest(
    String method, String path, Map<String, List<String>> headers, byte[] body, Instant at) {

  public String text() {
    return new String(body, UTF_8);
  }

  /** The only value of a header. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times");
    }
    return values.stream().findFirst();
  }
}

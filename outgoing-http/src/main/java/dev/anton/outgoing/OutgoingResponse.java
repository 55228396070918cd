package dev.anton.outgoing;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The last answer of an exchange.
 *
 * @param url where it came from, after redirects
 * @param headers by lower-case name, values in their order
 * @param body as received: no content coding is asked for or undone
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record OutgoingResponse(
    int status, URI url, Map<String, List<String>> headers, byte[] body) {

  /** The first value of a header, whatever its case. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }
}

package dev.anton.outgoing;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method in capitals, such as {@code GET}
 * @param url absolute, {@code http} or {@code https}, with a host
 * @param headers by name; what the client sets itself ({@code Host}, lengths) is not among them
 * @param body null for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record OutgoingRequest(
    String method, URI url, Map<String, String> headers, byte @Nullable [] body, Bounds bounds) {

  public OutgoingRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * How far a request may go.
   *
   * @param timeout of the whole exchange: resolving, connecting, redirects, the last byte
   * @param maxResponseBytes a longer body fails the exchange
   * @param maxRedirects followed for GET and HEAD; each target is vetted like the first address
   */
  public record Bounds(Duration timeout, int maxResponseBytes, int maxRedirects) {}
}

package dev.anton.dispatcher.http;

import java.net.URI;
import java.util.Map;

/**
 * What is sent.
 *
 * @param headers in the order in which they go out, the content type included
 * @param body exactly the bytes that go out
 */
@SuppressWarnings("ArrayRecordComponent") // sent as they are
public record WebhookRequest(URI url, Map<String, String> headers, byte[] body) {

  /** Says nothing of headers and body: they hold credentials and customers' data. */
  @Override
  public String toString() {
    return "POST " + url.getHost();
  }
}

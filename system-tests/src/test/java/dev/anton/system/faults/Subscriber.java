package dev.anton.system.faults;

import dev.anton.system.GatewayClient;
import dev.anton.system.GatewayClient.Answer;

/** A subscription to one type of event, and its endpoint. */
final class Subscriber implements AutoCloseable {

  private static final String RETRY = "{\"schedule\":[\"1s\",\"1s\",\"2s\",\"2s\"]}";

  private final GatewayClient gateway;
  private Endpoint endpoint;
  private final String webhook;

  /** Registers the endpoint for a type of event, which may be new. */
  Subscriber(GatewayClient gateway, Endpoint endpoint, String type) {
    this.gateway = gateway;
    this.endpoint = endpoint;
    gateway.post(
        "/api/event-types", "{\"name\":\"%s\",\"description\":\"Counted\"}".formatted(type));
    Answer registered =
        gateway.post(
            "/api/webhooks/register",
            "{\"url\":\"%s\",\"events\":[\"%s\"],\"secret\":\"between us\",\"retry\":%s}"
                .formatted(endpoint.url(), type, RETRY));
    if (registered.status() != 201) {
      throw new IllegalStateException(registered.body());
    }
    webhook = "/api/webhooks/" + registered.text("id");
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The owner names another address; the one before is closed. */
  void moveTo(Endpoint other) {
    Answer answer = gateway.patch(webhook, "{\"url\":\"%s\"}".formatted(other.url()));
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.body());
    }
    endpoint.close();
    endpoint = other;
  }

  /** Deletes the subscription and closes the endpoint. */
  @Override
  public void close() {
    gateway.delete(webhook);
    endpoint.close();
  }
}

package dev.anton.dispatcher.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A tenant that no other test has, with an event type {@code order.paid}, a receiver, and the calls
 * that most tests begin with.
 */
public final class TenantOfTest implements AutoCloseable {

  public static final String TYPE = "order.paid";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String id = "t" + UUID.randomUUID();
  private final TestReceiver receiver = new TestReceiver();
  private final ApiClient client;

  public TenantOfTest(int port) {
    client = new ApiClient(port, id);
    addType(TYPE);
  }

  public String id() {
    return id;
  }

  public ApiClient client() {
    return client;
  }

  public TestReceiver receiver() {
    return receiver;
  }

  public void addType(String name) {
    Answer added =
        client.post("/api/event-types", "{\"name\": \"" + name + "\", \"description\": \"d\"}");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
  }

  /**
   * Registers a webhook for the events of the tenant's own types.
   *
   * @param more further fields, each with a comma before it
   * @return its id
   */
  public String register(String path, String... more) {
    Answer registered =
        client.post(
            "/api/webhooks/register",
            "{\"url\": \""
                + receiver.url(path)
                + "\", \"events\": [\"order.*\"]"
                + String.join("", more)
                + "}");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return registered.text("id");
  }

  /** Publishes an event of the tenant's type and gives its id. */
  public String publish(String key) {
    return publish(TYPE, key);
  }

  public String publish(String type, String key) {
    Answer published =
        client.post(
            "/api/events",
            "{\"type\": \"%s\", \"key\": \"%s\", \"data\": {\"k\": \"%s\"}}"
                .formatted(type, key, key));
    assertThat(published.status()).as(published.body()).isEqualTo(202);
    return published.text("id");
  }

  /** Ids of a webhook's deliveries of this status, newest first, once there are so many. */
  public List<String> awaitDeliveries(String webhook, String status, int count) {
    String path = "/api/webhooks/" + webhook + "/deliveries?limit=250&status=" + status;
    return await()
        .alias(count + " deliveries are " + status)
        .atMost(PATIENCE)
        .until(() -> client.get(path).listed("id"), ids -> ids.size() == count);
  }

  /** One delivery once it has this status. */
  public Answer awaitDelivery(String delivery, String status) {
    return await()
        .alias(delivery + " is " + status)
        .atMost(PATIENCE)
        .until(
            () -> client.get("/api/deliveries/" + delivery),
            answer -> answer.text("status").equals(status));
  }

  /** The requests to a path once there are so many. */
  public List<ReceivedRequest> awaitRequests(String path, int count) {
    return await()
        .alias(count + " requests to " + path)
        .atMost(PATIENCE)
        .until(() -> receiver.requests(path), requests -> requests.size() >= count);
  }

  @Override
  public void close() {
    client.close();
    receiver.close();
  }
}

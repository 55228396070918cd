package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.api.ApiClient;
import dev.anton.dispatcher.api.ApiClient.Answer;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.fixtures.BackendsTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service as who registers webhooks meets it; each test has a tenant of its own. */
@BackendsTest(role = "dispatcher", shared = "dispatcher-webhooks")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"anton.subscriptions.max-per-tenant=3", "anton.index.sync-interval=1h"})
abstract class WebhookApi {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  @Autowired SubscriptionIndex index;
  @Autowired SubscriptionMaintenance maintenance;

  ApiClient client;

  @BeforeEach
  void connect() {
    client = new ApiClient(port, "t" + UUID.randomUUID());
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  /**
   * Registers a webhook for all events, unless others are named.
   *
   * @param more its further fields
   */
  Answer register(String more) {
    String body =
        more.contains("\"events\"")
            ? "{\"url\": \"https://example.com/h\", " + more + "}"
            : "{\"url\": \"https://example.com/h\", \"events\": [\"*\"], " + more + "}";
    return client.post("/api/webhooks/register", body);
  }
}

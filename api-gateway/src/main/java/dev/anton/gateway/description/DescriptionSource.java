package dev.anton.gateway.description;

import dev.anton.gateway.routing.Service;
import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks one service for its description, and keeps the answer for a while. */
final class DescriptionSource {

  private static final Logger log = LoggerFactory.getLogger(DescriptionSource.class);

  /** Ours have some 100 KiB. */
  private static final int MAX_BYTES = 4 << 20;

  private final Service service;
  private final URI address;
  private final HttpClient client;
  private final DescriptionProperties properties;
  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ObjectNode document;
  private boolean reachable;
  private Instant askAgain = Instant.MIN;

  DescriptionSource(
      Service service,
      URI baseUrl,
      HttpClient client,
      DescriptionProperties properties,
      Clock clock) {
    this.service = service;
    this.address = baseUrl.resolve("/v3/api-docs");
    this.client = client;
    this.properties = properties;
    this.clock = clock;
  }

  /** Waits for the service if what is here is no longer fresh; one caller asks for all. */
  ServiceDescription get() {
    lock.lock();
    try {
      if (!clock.instant().isBefore(askAgain)) {
        ask();
      }
      return new ServiceDescription(service, document, reachable);
    } finally {
      lock.unlock();
    }
  }

  private void ask() {
    try {
      document = fetch();
      reachable = true;
    } catch (IOException | JacksonException e) {
      log.warn(
          "The API description of {} could not be had: {}", service.serviceName(), e.toString());
      reachable = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reachable = false;
    }
    askAgain = clock.instant().plus(reachable ? properties.refresh() : properties.retry());
  }

  private ObjectNode fetch() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(properties.timeout())
            .header("Accept", "application/json")
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      byte[] bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      JsonNode json = WireJson.mapper().readTree(bytes);
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new IOException("not a JSON object");
    }
  }
}

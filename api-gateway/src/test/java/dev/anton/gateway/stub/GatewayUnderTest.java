package dev.anton.gateway.stub;

import dev.anton.gateway.GatewayApplication;
import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The gateway on a free port, before three stub services that all test classes share. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "anton.gateway.proxy.max-buffered=2MB",
      "anton.gateway.description.refresh=0s",
      "anton.gateway.description.retry=0s",
      "management.endpoint.health.cache.time-to-live=0s"
    })
public abstract class GatewayUnderTest {

  protected static final StubService PLANNER = new StubService();
  protected static final StubService EXECUTOR = new StubService();
  protected static final StubService DISPATCHER = new StubService();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @LocalServerPort protected int port;

  @DynamicPropertySource
  static void services(DynamicPropertyRegistry registry) {
    registry.add("anton.services.planner.url", PLANNER::url);
    registry.add("anton.services.executor.url", EXECUTOR::url);
    registry.add("anton.services.dispatcher.url", DISPATCHER::url);
  }

  @BeforeEach
  void reset() {
    PLANNER.reset();
    EXECUTOR.reset();
    DISPATCHER.reset();
  }

  protected HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  protected HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? request : request.headers(headers);
  }

  protected static HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  protected static <T> HttpResponse<T> send(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return CLIENT.send(request, handler);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  protected static JsonNode json(HttpResponse<String> response) {
    return WireJson.mapper().readTree(response.body());
  }
}

package dev.anton.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.gateway.GatewayApplication;
import dev.anton.gateway.stub.StubService;
import dev.anton.schemas.json.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@SpringBootTest(classes = GatewayApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ServiceAwayTest {

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void services(DynamicPropertyRegistry registry) {
    StubService stopped = new StubService();
    stopped.close();
    registry.add("anton.services.planner.url", stopped::url);
    registry.add("anton.services.executor.url", stopped::url);
    registry.add("anton.services.dispatcher.url", stopped::url);
  }

  @Autowired private MeterRegistry registry;

  @ParameterizedTest
  @CsvSource({
    "/api/plans, planner-service",
    "/api/jobs, executor-service",
    "/api/events, webhook-dispatcher"
  })
  void aServiceThatIsAwayIsNamedAndTheClientToldToComeBack(String path, String service)
      throws Exception {
    HttpResponse<String> response = get(path);
    JsonNode problem = WireJson.mapper().readTree(response.body());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(problem.get("code").asString()).isEqualTo("unavailable");
    assertThat(problem.get("detail").asString()).startsWith(service + " cannot be reached");
    assertThat(
            registry
                .counter("anton.gateway.failures", "service", service, "reason", "away")
                .count())
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "/actuator/health/readiness, UP",
    "/actuator/health/liveness, UP",
    "/actuator/health, DEGRADED"
  })
  void theGatewayItselfIsReadyAllTheSame(String path, String status) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(WireJson.mapper().readTree(response.body()).get("status").asString())
        .isEqualTo(status);
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }
}

package dev.anton.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.system.GatewayClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The door says what this is and describes the whole API. */
@StackTest
class DescriptionTest {

  private final GatewayClient gateway;

  DescriptionTest(RunningStack stack) {
    this.gateway = stack.gateway();
  }

  @Test
  void theRootSaysWhatThisIsAndWhereItIsDescribed() {
    assertThat(gateway.get("/", Map.of("Accept", "application/json")).body())
        .contains("Anton", "/v3/api-docs");
    Answer page = gateway.get("/", Map.of("Accept", "text/html"));
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.body()).contains("Anton", "/v3/api-docs", "swagger-ui");
  }

  @Test
  void oneDocumentDescribesThePublicApiAndNothingInternal() {
    Answer document = gateway.get("/v3/api-docs");

    assertThat(document.status()).isEqualTo(200);
    assertThat(document.json().path("paths").propertyNames())
        .contains(
            "/api/webhooks/register",
            "/api/webhooks/{id}",
            "/api/plans",
            "/api/plans/{sessionId}",
            "/api/executions",
            "/api/jobs",
            "/api/plugins",
            "/api/events",
            "/api/event-types")
        .noneMatch(path -> path.startsWith("/internal") || path.startsWith("/actuator"));
  }

  @Test
  void theDescriptionCanBeBrowsed() {
    assertThat(gateway.get("/swagger-ui/index.html").body()).contains("swagger-ui");
  }
}

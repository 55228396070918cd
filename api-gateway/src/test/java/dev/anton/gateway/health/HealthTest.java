package dev.anton.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.gateway.stub.GatewayUnderTest;
import dev.anton.gateway.stub.StubService;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HealthTest extends GatewayUnderTest {

  @Test
  void healthTellsHowEachServiceIs() {
    EXECUTOR.answers(exchange -> StubService.answer(exchange, 503, "{}"));

    JsonNode services = json(get("/actuator/health")).at("/components/services");

    assertThat(services.get("status").asString()).isEqualTo("DEGRADED");
    assertThat(services.at("/details/planner-service").asString()).isEqualTo("ready");
    assertThat(services.at("/details/executor-service").asString()).isEqualTo("not ready");
    assertThat(PLANNER.last().target()).isEqualTo("/actuator/health/readiness");
  }

  @Test
  void healthIsUpWhenAllServicesAreReady() {
    assertThat(json(get("/actuator/health")).get("status").asString()).isEqualTo("UP");
  }
}

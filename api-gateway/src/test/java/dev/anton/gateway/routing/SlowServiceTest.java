package dev.anton.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.gateway.stub.GatewayUnderTest;
import dev.anton.gateway.stub.StubService;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "anton.gateway.proxy.answer-timeout=300ms")
class SlowServiceTest extends GatewayUnderTest {

  @Autowired private MeterRegistry registry;

  @Test
  void aServiceThatDoesNotAnswerInTimeIsNamed() {
    CountDownLatch answered = new CountDownLatch(1);
    EXECUTOR.answers(
        exchange -> {
          try {
            answered.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          StubService.answer(exchange, 200, "{}");
        });

    HttpResponse<String> response = get("/api/jobs");
    answered.countDown();

    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(json(response).get("code").asString()).isEqualTo("gateway-timeout");
    assertThat(json(response).get("detail").asString())
        .startsWith("executor-service did not answer in time");
    assertThat(
            registry
                .counter("anton.gateway.failures", "service", "executor-service", "reason", "slow")
                .count())
        .isOne();
  }
}

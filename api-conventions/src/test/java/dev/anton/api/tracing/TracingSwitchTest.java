package dev.anton.api.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class TracingSwitchTest {

  private static final String[] CANDIDATES = {
    "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
    "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
    "dev.anton.api.tracing.TracingAutoConfiguration",
    "dev.anton.api.tenant.TenantAutoConfiguration",
    null
  };

  @Test
  void nothingOfTracingIsThereUnlessItIsSwitchedOn() {
    assertThat(kept(new MockEnvironment())).containsExactly(false, false, false, true, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void theSettingSwitches(String setting) {
    boolean on = Boolean.parseBoolean(setting);

    assertThat(kept(new MockEnvironment().withProperty(TracingSwitch.PROPERTY, setting)))
        .containsExactly(on, on, on, true, true);
  }

  private static boolean[] kept(MockEnvironment environment) {
    TracingSwitch filter = new TracingSwitch();
    filter.setEnvironment(environment);
    return filter.match(CANDIDATES, null);
  }
}

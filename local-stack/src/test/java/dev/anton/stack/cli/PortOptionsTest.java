package dev.anton.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.stack.Ports;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PortOptionsTest {

  @Test
  void areTheWellKnownOnesWithoutAWish() {
    assertThat(ports(Map.of())).isEqualTo(Ports.DEFAULT);
    assertThat(Ports.DEFAULT)
        .extracting(Ports::gateway, Ports::planner, Ports::executor, Ports::dispatcher)
        .containsExactly(3001, 3002, 3003, 3004);
  }

  @Test
  void anOptionBeatsTheEnvironmentWhichBeatsTheOffset() {
    Ports ports =
        ports(
            Map.of("ANTON_GATEWAY_PORT", "4001", "ANTON_KAFKA_PORT", "4002"),
            "--port-offset=100",
            "--gateway-port=5001");

    assertThat(ports.gateway()).isEqualTo(5001);
    assertThat(ports.kafka()).isEqualTo(4002);
    assertThat(ports.planner()).isEqualTo(3102);
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> ports(Map.of("ANTON_PLANNER_PORT", "high")))
        .hasMessageContaining("ANTON_PLANNER_PORT is a number, not high");
  }

  private static Ports ports(Map<String, String> environment, String... arguments) {
    PortOptions options = new PortOptions();
    new CommandLine(new Holder(options)).parseArgs(arguments);
    return options.value(environment);
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin PortOptions ports) {}
}

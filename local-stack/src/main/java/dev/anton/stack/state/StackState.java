package dev.anton.stack.state;

import dev.anton.stack.Ports;
import java.time.Instant;
import java.util.List;

/**
 * What runs, as the launcher wrote it down.
 *
 * @param ready whether every component was ready at once
 * @param processes in the order in which they are shown
 */
public record StackState(
    ProcessIdentity launcher,
    Instant startedAt,
    boolean ready,
    Ports ports,
    List<ProcessState> processes) {

  /** Where clients find the gateway. */
  public String gatewayUrl() {
    return "http://localhost:" + ports.gateway();
  }
}

package dev.anton.stack.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private final ProcessIdentity ours = ProcessIdentity.of(ProcessHandle.current()).orElseThrow();

  @Test
  void findsTheProcessItWasTakenFrom() {
    assertThat(ours.running()).contains(ProcessHandle.current());
  }

  @Test
  void isNotFooledByAnotherProcessWithTheSamePid() {
    ProcessIdentity earlier =
        new ProcessIdentity(
            ours.pid(), ours.startedAt().minus(Duration.ofHours(1)), ours.command());
    ProcessIdentity other = new ProcessIdentity(ours.pid(), ours.startedAt(), "/usr/bin/vi");

    assertThat(earlier.running()).isEmpty();
    assertThat(other.running()).isEmpty();
  }
}

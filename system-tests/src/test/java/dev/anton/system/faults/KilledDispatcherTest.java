package dev.anton.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.system.RunningStack;
import dev.anton.system.StackTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The fault that happens most often, small; {@link FaultsTest} has them all, and in full. */
@StackTest
class KilledDispatcherTest {

  /** Small enough for a busy machine. */
  private static final int RATE = 300;

  private final RunningStack stack;

  KilledDispatcherTest(RunningStack stack) {
    this.stack = stack;
  }

  @Test
  void whatWasPublishedMeanwhileArrivesAndOnlyWhatWasInFlightArrivesTwice() throws Exception {
    FaultReport report =
        new FaultRun(stack, RATE, Duration.ofSeconds(2)).run(Faults.dispatcherKilled(1));

    System.out.println(report.line());
    report.assertSafe();
    assertThat(report.received()).isEqualTo(report.published());
    assertThat(report.dead()).isZero();
  }
}

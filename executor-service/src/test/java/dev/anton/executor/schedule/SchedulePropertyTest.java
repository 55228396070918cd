package dev.anton.executor.schedule;

import dev.anton.executor.schedule.Simulation.Scenario;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;
import org.quicktheories.generators.SourceDSL;

/**
 * Random graphs, conditions, reused nodes, outcomes, takeovers and interleavings; a failing one
 * shrinks to a short one. Each assertion names the number of its invariant in {@link Schedule}.
 */
class SchedulePropertyTest {

  private static final Gen<Scenario> SCENARIOS =
      SourceDSL.lists()
          .of(SourceDSL.integers().between(0, 1 << 16))
          .ofSizeBetween(1, 12)
          .zip(
              SourceDSL.integers().between(1, 3),
              SourceDSL.integers().between(1, 5),
              Generate.booleans(),
              SourceDSL.lists().of(SourceDSL.integers().between(0, 1 << 12)).ofSizeBetween(0, 80),
              Scenario::new);

  @Test
  void invariants1To8HoldWhateverHappens() {
    QuickTheory.qt()
        .withFixedSeed(20_261_122)
        .withExamples(20_000)
        .withShrinkCycles(5_000)
        .forAll(SCENARIOS)
        .checkAssert(scenario -> new Simulation(scenario).run());
  }
}

package dev.anton.executor.schedule;

import dev.anton.executor.schedule.Simulation.Scenario;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;
import org.quicktheories.generators.SourceDSL;

/** Random graphs, outcomes and interleavings; a failing one shrinks to a short one. */
class SchedulePropertyTest {

  private static final Gen<Scenario> SCENARIOS =
      SourceDSL.lists()
          .of(SourceDSL.integers().between(0, 1 << 12))
          .ofSizeBetween(1, 12)
          .zip(
              SourceDSL.integers().between(1, 3),
              SourceDSL.integers().between(1, 5),
              Generate.booleans(),
              SourceDSL.lists().of(SourceDSL.integers().between(0, 1 << 12)).ofSizeBetween(0, 80),
              Scenario::new);

  @Test
  void everyRunEndsOnceWhateverHappens() {
    QuickTheory.qt()
        .withFixedSeed(20_261_122)
        .withExamples(20_000)
        .withShrinkCycles(5_000)
        .forAll(SCENARIOS)
        .checkAssert(scenario -> new Simulation(scenario).run());
  }
}

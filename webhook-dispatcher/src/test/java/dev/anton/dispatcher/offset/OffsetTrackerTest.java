package dev.anton.dispatcher.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

/** The invariants of {@code docs/offset-tracking.md}, by their numbers, and some examples. */
class OffsetTrackerTest {

  private static final QuickTheory QT =
      QuickTheory.qt().withFixedSeed(20_261_122).withExamples(2_000).withShrinkCycles(2_000);

  private static final Gen<List<Step>> STEPS =
      SourceDSL.lists()
          .of(
              SourceDSL.integers()
                  .between(0, 9)
                  .zip(
                      SourceDSL.integers().between(0, 30),
                      SourceDSL.integers().between(1, 3),
                      Step::new))
          .ofSizeBetween(0, 60);

  /**
   * @param kind 0–4 reads a record, 5–8 makes a part durable, 9 is a new assignment
   * @param which of the open parts, or how large a gap before the record
   */
  private record Step(int kind, int which, int parts) {}

  /** What the documentation says, done in the plainest way. */
  private static final class Model {
    private final InFlight inFlight = new InFlight();
    private final List<TrackedRecord> openParts = new ArrayList<>();
    private final TreeMap<Long, Integer> remaining = new TreeMap<>();
    private OffsetTracker tracker = new OffsetTracker(inFlight, 1, 0);
    private long start;
    private long next;
    private long highestCommittable;

    void apply(Step step) {
      if (step.kind() <= 4) {
        long offset = next + (step.which() % 4 == 0 ? step.which() : 0);
        TrackedRecord record = tracker.track(offset, step.parts(), 10);
        for (int i = 0; i < step.parts(); i++) {
          openParts.add(record);
        }
        remaining.put(offset, step.parts());
        next = offset + 1;
      } else if (step.kind() <= 8) {
        if (!openParts.isEmpty()) {
          TrackedRecord record = openParts.remove(step.which() % openParts.size());
          record.partDone();
          if (record.generation() == tracker.generation()) {
            remaining.merge(record.offset(), -1, Integer::sum);
          }
        }
      } else {
        start = tracker.committable();
        next = start;
        highestCommittable = start;
        remaining.clear();
        tracker = new OffsetTracker(inFlight, tracker.generation() + 1, start);
      }
    }

    long expected() {
      long end = start;
      for (var entry : remaining.entrySet()) {
        if (entry.getValue() > 0) {
          break;
        }
        end = entry.getKey() + 1;
      }
      return end;
    }
  }

  @Test
  void invariant1CommittableIsTheEndOfTheDonePrefix() {
    QT.forAll(STEPS)
        .check(
            steps -> {
              Model model = new Model();
              for (Step step : steps) {
                model.apply(step);
                if (model.tracker.committable() != model.expected()) {
                  return false;
                }
              }
              return true;
            });
  }

  @Test
  void invariant2CommittableNeverGoesBackWithinAnAssignment() {
    QT.forAll(STEPS)
        .check(
            steps -> {
              Model model = new Model();
              for (Step step : steps) {
                model.apply(step);
                long committable = model.tracker.committable();
                if (committable < model.highestCommittable) {
                  return false;
                }
                model.highestCommittable = committable;
              }
              return true;
            });
  }

  @Test
  void invariant3LateAcknowledgementsOfAnOlderAssignmentChangeNothing() {
    QT.forAll(STEPS)
        .check(
            steps -> {
              Model model = new Model();
              steps.forEach(model::apply);
              long before = model.tracker.committable();
              for (TrackedRecord part : model.openParts) {
                if (part.generation() != model.tracker.generation()) {
                  part.partDone();
                }
              }
              return model.tracker.committable() == before;
            });
  }

  @Test
  void invariant4WhatIsInFlightIsWhatIsNotDurable() {
    QT.forAll(STEPS)
        .check(
            steps -> {
              Model model = new Model();
              for (Step step : steps) {
                model.apply(step);
                long openRecords = model.openParts.stream().distinct().count();
                if (model.inFlight.parts() != model.openParts.size()
                    || model.inFlight.bytes() != 10 * openRecords) {
                  return false;
                }
              }
              return true;
            });
  }

  @Test
  void invariant5DrainedMeansThatTheEndCanBeCommitted() {
    QT.forAll(STEPS)
        .check(
            steps -> {
              Model model = new Model();
              steps.forEach(model::apply);
              List.copyOf(model.openParts).forEach(TrackedRecord::partDone);
              return model.tracker.isDrained()
                  && model.tracker.committable() == model.next
                  && model.tracker.span() == 0
                  && model.inFlight.parts() == 0
                  && model.inFlight.bytes() == 0;
            });
  }

  @Test
  void aGapDoesNotHoldTheCommitBack() {
    OffsetTracker tracker = new OffsetTracker(new InFlight(), 1, 10);
    TrackedRecord ten = tracker.track(10, 1, 0);
    TrackedRecord thirteen = tracker.track(13, 1, 0);

    thirteen.partDone();
    assertThat(tracker.committable()).isEqualTo(10);
    assertThat(tracker.span()).isEqualTo(4);

    ten.partDone();
    assertThat(tracker.committable()).isEqualTo(14);
  }

  @Test
  void anOffsetIsReadOnceAndAcknowledgedOncePerPart() {
    OffsetTracker tracker = new OffsetTracker(new InFlight(), 1, 0);
    TrackedRecord record = tracker.track(0, 1, 0);
    record.partDone();

    assertThatThrownBy(record::partDone).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tracker.track(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

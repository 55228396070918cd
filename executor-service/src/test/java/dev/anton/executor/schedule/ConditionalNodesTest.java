package dev.anton.executor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.schedule.Decision.Launch;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.ExecutionEvent;
import dev.anton.schemas.event.NodeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionalNodesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Outcome DONE = new Outcome.Completed(null);
  private static final Outcome FAILED = new Outcome.Failed("no", true);

  @Test
  void aConditionIsAskedWhenAllBeforeItHaveEndedHoweverTheyDid() {
    Schedule schedule =
        schedule(false, 2, node("a"), node("b"), conditional("mend", "a", "b"), node("c", "a"));
    turn(schedule, Control.RUN);
    turn(schedule, Control.RUN, ended("a", FAILED));

    Turn turn = schedule.begin(Control.RUN, NOW);
    assertThat(turn.undecided()).isEmpty();
    turn.apply(ended("b", DONE));
    assertThat(turn.undecided()).containsExactly("mend");
    assertThat(turn.state("a")).isEqualTo(NodeState.FAILED);
    turn.decide("mend", new Verdict.Holds());
    turn.start(1);
    assertThat(turn.end().launches()).containsExactly(new Launch("mend", 1));

    Decision end = turn(schedule, Control.RUN, ended("mend", DONE));
    assertThat(end.execution().status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void whatDependsOnANodeWhoseConditionIsFalseIsSkippedAndTheExecutionCompletes() {
    Schedule schedule =
        schedule(true, 2, node("a"), conditional("b", "a"), node("c", "b"), conditional("d", "b"));
    turn(schedule, Control.RUN);

    Turn turn = schedule.begin(Control.RUN, NOW);
    turn.apply(ended("a", DONE));
    turn.decide("b", new Verdict.DoesNotHold("no need"));
    assertThat(turn.undecided()).containsExactly("d");
    turn.decide("d", new Verdict.DoesNotHold("no need either"));
    Decision end = turn.end();

    assertThat(end.events())
        .contains(
            new NodeEvent.Skipped("exe_1", "b", "no need"),
            new NodeEvent.Skipped("exe_1", "c", "The node b, which it depends on, was skipped"),
            new NodeEvent.Skipped("exe_1", "d", "no need either"));
    assertThat(end.events().getLast())
        .isEqualTo(new ExecutionEvent.Completed("exe_1", "ses_1", 4, 1, 0));
  }

  @Test
  void aNodeWhoseConditionSaysNeitherYesNorNoFails() {
    Schedule schedule = schedule(true, 2, conditional("a"));

    Turn turn = schedule.begin(Control.RUN, NOW);
    turn.decide("a", new Verdict.Undecidable("no such field"));
    Decision end = turn.end();

    assertThat(names(end))
        .containsExactly("execution.started", "node.started", "node.failed", "execution.failed");
    assertThat(end.launches()).isEmpty();
  }

  @Test
  void nothingIsAskedWhileItPauses() {
    Schedule schedule = schedule(true, 2, conditional("a"));

    assertThat(schedule.begin(Control.PAUSE, NOW).undecided()).isEmpty();
  }

  private static Schedule schedule(boolean failFast, int maxConcurrency, ScheduledNode... nodes) {
    return new Schedule(
        new ExecutionIdentity("exe_1", "ses_1", null),
        new SchedulePolicy(
            maxConcurrency, failFast, 3, new Backoff(Duration.ofMinutes(5), () -> new Random(1))),
        List.of(nodes),
        ExecutionProgress.NEW,
        Map.of());
  }

  private static ScheduledNode node(String id, String... dependencies) {
    return new ScheduledNode(id, id, "task", List.of(dependencies), 1, Duration.ofSeconds(1));
  }

  private static ScheduledNode conditional(String id, String... dependencies) {
    return new ScheduledNode(id, id, "task", List.of(dependencies), 1, Duration.ofSeconds(1), true);
  }

  private static Finished ended(String id, Outcome outcome) {
    return new Finished(id, 1, outcome);
  }

  private static Decision turn(Schedule schedule, Control control, Finished... finished) {
    Turn turn = schedule.begin(control, NOW);
    List.of(finished).forEach(turn::apply);
    turn.start(Integer.MAX_VALUE);
    return turn.end();
  }

  private static List<String> names(Decision decision) {
    return decision.events().stream().map(EventTypes::nameOf).toList();
  }
}

package dev.anton.executor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.executor.schedule.Decision.Launch;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.ExecutionEvent;
import dev.anton.schemas.event.NodeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Outcome DONE = new Outcome.Completed(null);
  private static final Outcome FAILED = new Outcome.Failed("no", true);

  @Test
  void dependentsStartWhenAllTheirDependenciesHaveCompleted() {
    Schedule schedule = schedule(true, 4, node("a"), node("b"), node("c", "a", "b"));

    assertThat(turn(schedule, Control.RUN).launches())
        .containsExactly(new Launch("a", 1), new Launch("b", 1));
    assertThat(turn(schedule, Control.RUN, ended("a", DONE)).launches()).isEmpty();
    assertThat(turn(schedule, Control.RUN, ended("b", DONE)).launches())
        .containsExactly(new Launch("c", 1));
  }

  @Test
  void neverMoreRunThanMayRun() {
    Schedule schedule = schedule(true, 2, node("a"), node("b"), node("c"));

    assertThat(turn(schedule, Control.RUN).launches()).hasSize(2);
    assertThat(turn(schedule, Control.RUN, ended("a", DONE)).launches())
        .containsExactly(new Launch("c", 1));
  }

  @Test
  void theLastEndCompletesTheExecution() {
    Schedule schedule = schedule(true, 1, node("a"));
    turn(schedule, Control.RUN);

    Decision last = turn(schedule, Control.RUN, ended("a", DONE));

    assertThat(last.execution().status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(last.events().getLast())
        .isEqualTo(new ExecutionEvent.Completed("exe_1", "ses_1", 1, 1, 0));
    assertThat(last.letsGo()).isTrue();
    assertThatThrownBy(() -> schedule.begin(Control.RUN, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withFailFastNothingStartsAfterAFailureAndWhatRunsMayFinish() {
    Schedule schedule = schedule(true, 2, node("a"), node("b"), node("c"), node("d", "b"));
    turn(schedule, Control.RUN);

    Decision failure = turn(schedule, Control.RUN, ended("a", FAILED));
    Decision end = turn(schedule, Control.RUN, ended("b", DONE));

    assertThat(failure.launches()).isEmpty();
    assertThat(names(failure)).containsExactly("node.failed", "node.skipped", "node.skipped");
    assertThat(failure.execution().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(end.events().getLast())
        .isEqualTo(
            new ExecutionEvent.Failed(
                "exe_1", "ses_1", 4, 1, 0, "1 of 4 nodes failed", List.of("a")));
  }

  @Test
  void withoutFailFastOnlyWhatDependsOnTheFailedNodeIsSkipped() {
    Schedule schedule =
        schedule(false, 1, node("a"), node("b"), node("c", "a"), node("d", "c"), node("e", "b"));
    turn(schedule, Control.RUN);

    Decision failure = turn(schedule, Control.RUN, ended("a", FAILED));

    assertThat(failure.events())
        .contains(
            new NodeEvent.Skipped("exe_1", "c", "The node a, which it depends on, failed"),
            new NodeEvent.Skipped("exe_1", "d", "The node a, which it depends on, failed"));
    assertThat(failure.launches()).containsExactly(new Launch("b", 1));
    turn(schedule, Control.RUN, ended("b", DONE));
    Decision end = turn(schedule, Control.RUN, ended("e", DONE));
    assertThat(end.execution().status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void aRetryWaitsForItsDueTimeAndHoldsNothing() {
    Schedule schedule = schedule(true, 1, retried("a", 2));
    turn(schedule, Control.RUN);

    Decision failure = turn(schedule, Control.RUN, ended("a", FAILED));

    assertThat(names(failure)).containsExactly("node.failed");
    assertThat(failure.events().getFirst())
        .isEqualTo(new NodeEvent.Failed("exe_1", "a", "A", "task", 1, "no", true));
    assertThat(failure.letsGo()).isTrue();
    Instant due = failure.rest().until();
    assertThat(due).isBetween(NOW.plusMillis(800), NOW.plusMillis(1200));
    assertThat(turnAt(schedule, due).launches()).containsExactly(new Launch("a", 2));
  }

  @Test
  void whatCannotSucceedIsNotRetried() {
    Schedule schedule = schedule(true, 1, retried("a", 5));
    turn(schedule, Control.RUN);

    Decision end = turn(schedule, Control.RUN, ended("a", new Outcome.Failed("bad input", false)));

    assertThat(names(end)).containsExactly("node.failed", "execution.failed");
  }

  @Test
  void anInterruptedNodeRunsAgainWithoutUsingUpAnAttemptOfItsOwn() {
    Schedule schedule = schedule(true, 1, node("a"));
    turn(schedule, Control.RUN);

    Decision again = turn(schedule, Control.RUN, ended("a", new Outcome.Interrupted()));

    assertThat(names(again)).containsExactly("node.failed", "node.started");
    assertThat(again.launches()).containsExactly(new Launch("a", 2));
  }

  @Test
  void aNodeThatKeepsLosingItsExecutorFails() {
    Schedule schedule = schedule(true, 1, node("a"));
    turn(schedule, Control.RUN);
    turn(schedule, Control.RUN, new Finished("a", 1, new Outcome.Interrupted()));
    turn(schedule, Control.RUN, new Finished("a", 2, new Outcome.Interrupted()));

    Decision end = turn(schedule, Control.RUN, new Finished("a", 3, new Outcome.Interrupted()));

    assertThat(end.execution().status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void pausedNothingStartsAndWhatRunsFinishes() {
    Schedule schedule = schedule(true, 1, node("a"), node("b"));
    turn(schedule, Control.RUN);

    Decision paused = turn(schedule, Control.PAUSE);
    Decision finished = turn(schedule, Control.PAUSE, ended("a", DONE));
    Decision resumed = turn(schedule, Control.RUN);

    assertThat(paused.execution().status()).isEqualTo(ExecutionStatus.PAUSED);
    assertThat(paused.letsGo()).isFalse();
    assertThat(names(finished)).containsExactly("node.completed");
    assertThat(finished.letsGo()).isTrue();
    assertThat(resumed.execution().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(resumed.launches()).containsExactly(new Launch("b", 1));
  }

  @Test
  void cancellingStopsWhatRunsAndEndsWhenItHasStopped() {
    Schedule schedule = schedule(true, 1, node("a"), node("b"));
    turn(schedule, Control.RUN);

    Decision cancelling = turn(schedule, Control.CANCEL);
    Decision end = turn(schedule, Control.CANCEL, ended("a", DONE));

    assertThat(cancelling.stops()).containsExactly("a");
    assertThat(names(cancelling)).containsExactly("node.cancelled");
    assertThat(names(end)).containsExactly("node.cancelled", "execution.cancelled");
    assertThat(end.events().getLast())
        .isEqualTo(new ExecutionEvent.Cancelled("exe_1", "ses_1", 2, 0, List.of("a")));
  }

  @Test
  void cancelledBeforeItBeganItStillStartsAndEndsOnce() {
    Schedule schedule = schedule(true, 1, node("a"));

    Decision end = turn(schedule, Control.CANCEL);

    assertThat(names(end))
        .containsExactly("execution.started", "node.cancelled", "execution.cancelled");
  }

  @Test
  void theResultOfAnotherAttemptChangesNothing() {
    Schedule schedule = schedule(true, 1, retried("a", 3));
    turn(schedule, Control.RUN);
    turn(schedule, Control.RUN, ended("a", FAILED));
    turnAt(schedule, NOW.plusSeconds(2));

    Decision late = turn(schedule, Control.RUN, new Finished("a", 1, DONE));

    assertThat(late.events()).isEmpty();
    assertThat(late.nodes()).isEmpty();
  }

  @Test
  void whatAnotherExecutionHasDeliveredIsNotRunAgain() {
    Schedule schedule =
        new Schedule(
            IDENTITY,
            policy(true, 1),
            List.of(node("a"), node("b", "a")),
            ExecutionProgress.NEW,
            Map.of("a", NodeProgress.REUSED));

    assertThat(turn(schedule, Control.RUN).launches()).containsExactly(new Launch("b", 1));
  }

  @Test
  void tenThousandNodesInAChainCostNoMoreThanTheirNumber() {
    int size = 10_000;
    ScheduledNode[] chain =
        IntStream.range(0, size)
            .mapToObj(i -> i == 0 ? node("n0") : node("n" + i, "n" + (i - 1)))
            .toArray(ScheduledNode[]::new);
    Schedule schedule = schedule(true, 1, chain);
    Decision decision = turn(schedule, Control.RUN);
    for (int i = 0; i < size; i++) {
      decision = turn(schedule, Control.RUN, ended("n" + i, DONE));
    }

    assertThat(decision.execution().status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  private static final ExecutionIdentity IDENTITY =
      new ExecutionIdentity("exe_1", "ses_1", "todo-api");

  private static Schedule schedule(boolean failFast, int maxConcurrency, ScheduledNode... nodes) {
    return new Schedule(
        IDENTITY,
        policy(failFast, maxConcurrency),
        List.of(nodes),
        ExecutionProgress.NEW,
        Map.of());
  }

  private static SchedulePolicy policy(boolean failFast, int maxConcurrency) {
    return new SchedulePolicy(
        maxConcurrency, failFast, 3, new Backoff(Duration.ofMinutes(5), () -> new Random(1)));
  }

  private static ScheduledNode node(String id, String... dependencies) {
    return new ScheduledNode(
        id, label(id), "task", List.of(dependencies), 1, Duration.ofSeconds(1));
  }

  private static ScheduledNode retried(String id, int maxAttempts) {
    return new ScheduledNode(id, label(id), "task", List.of(), maxAttempts, Duration.ofSeconds(1));
  }

  private static String label(String id) {
    return id.equals("a") ? "A" : id;
  }

  private static Finished ended(String id, Outcome outcome) {
    return new Finished(id, 1, outcome);
  }

  private static Decision turn(Schedule schedule, Control control, Finished... finished) {
    return turn(schedule, control, NOW, finished);
  }

  private static Decision turnAt(Schedule schedule, Instant now) {
    return turn(schedule, Control.RUN, now);
  }

  private static Decision turn(
      Schedule schedule, Control control, Instant now, Finished... finished) {
    Turn turn = schedule.begin(control, now);
    List.of(finished).forEach(turn::apply);
    turn.start(Integer.MAX_VALUE);
    return turn.end();
  }

  private static List<String> names(Decision decision) {
    return decision.events().stream().map(EventTypes::nameOf).toList();
  }
}

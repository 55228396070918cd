package dev.anton.executor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.event.EventData;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.NodeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a schedule against a world that is as unkind as the choices make it: attempts end in any
 * order and way, executors die, people pause, resume and cancel, slots are short. What is committed
 * is kept apart from the schedule, so that a takeover starts from there; every turn is checked.
 */
final class Simulation {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int MAX_INTERRUPTIONS = 3;

  /**
   * What the generator chose. Node {@code i} may depend on nodes before it, bit by bit; the bits
   * after those of all nodes say whether it has a condition, which, and whether its result is
   * reused.
   */
  record Scenario(
      List<Integer> dependencies,
      int maxAttempts,
      int maxConcurrency,
      boolean failFast,
      List<Integer> choices) {}

  private final Scenario scenario;
  private final SimulatedGraph graph;
  private final SchedulePolicy policy;
  private final Map<String, NodeProgress> committed;
  private final Map<String, Integer> running = new TreeMap<>();
  private final List<String> events = new ArrayList<>();
  private final Set<String> completions = new HashSet<>();
  private final List<Finished> toApply = new ArrayList<>();
  private ExecutionProgress execution = ExecutionProgress.NEW;
  private Schedule schedule;
  private Control control = Control.RUN;
  private Instant now = START;
  private @Nullable Instant wakeAt;
  private int slots = Integer.MAX_VALUE;

  Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.graph = new SimulatedGraph(scenario);
    this.committed = graph.initial();
    this.policy =
        new SchedulePolicy(
            scenario.maxConcurrency(),
            scenario.failFast(),
            MAX_INTERRUPTIONS,
            new Backoff(Duration.ofMinutes(5), () -> new Random(1)));
    this.schedule = load();
  }

  void run() {
    turn();
    for (int choice : scenario.choices()) {
      if (execution.status().isFinal()) {
        break;
      }
      act(choice);
      turn();
    }
    finish();
    checkEnd();
  }

  private void act(int choice) {
    switch (choice % 16) {
      case 0, 1, 2, 3, 4 -> endOne(choice, new Outcome.Completed(null));
      case 5, 6 -> endOne(choice, new Outcome.Failed("no", true));
      case 7 -> endOne(choice, new Outcome.Failed("never", false));
      case 8 -> takeOver();
      case 9 -> control = control == Control.RUN ? Control.PAUSE : resumed();
      case 10 -> control = resumed();
      case 11 -> control = choice / 16 % 4 == 0 ? Control.CANCEL : control;
      case 12 -> slots = choice / 16 % 3;
      case 13 -> slots = Integer.MAX_VALUE;
      case 14 -> staleEnd(choice);
      default -> now = now.plus(Duration.ofSeconds(choice / 16 % 5));
    }
  }

  private Control resumed() {
    return control == Control.CANCEL ? Control.CANCEL : Control.RUN;
  }

  private void endOne(int choice, Outcome outcome) {
    if (!running.isEmpty()) {
      List<String> ids = List.copyOf(running.keySet());
      String id = ids.get(choice / 16 % ids.size());
      int attempt = running.remove(id);
      toApply.add(new Finished(id, attempt, outcome));
    }
  }

  /** The result of an attempt that was given up comes in all the same. */
  private void staleEnd(int choice) {
    ScheduledNode node = graph.nodes().get(choice / 16 % graph.nodes().size());
    int attempt = committed.getOrDefault(node.id(), NodeProgress.NEW).attempt();
    boolean isRunning = running.containsKey(node.id());
    toApply.add(
        new Finished(node.id(), isRunning ? attempt - 1 : attempt, new Outcome.Completed(null)));
    if (!isRunning && committed.get(node.id()).state() == NodeState.RUNNING) {
      // It is the true end, which is on its way already.
      toApply.removeLast();
    }
  }

  private void takeOver() {
    schedule = load();
    toApply.clear();
    running.clear();
    committed.forEach(
        (id, progress) -> {
          if (progress.state() == NodeState.RUNNING) {
            toApply.add(new Finished(id, progress.attempt(), new Outcome.Interrupted()));
          }
        });
  }

  private Schedule load() {
    return new Schedule(
        new ExecutionIdentity("exe_1", null, null),
        policy,
        graph.nodes(),
        execution,
        Map.copyOf(committed));
  }

  private void turn() {
    boolean hadFailed = count(NodeState.FAILED) > 0;
    Turn turn = schedule.begin(control, now);
    toApply.forEach(turn::apply);
    toApply.clear();
    decide(turn);
    turn.start(slots);
    Decision decision = turn.end();
    commit(decision);
    checkTurn(decision, hadFailed);
    wakeAt = decision.rest().until();
    // Whoever is told to stop does.
    decision
        .stops()
        .forEach(
            id -> {
              Integer attempt = running.remove(id);
              if (attempt != null) {
                toApply.add(new Finished(id, attempt, new Outcome.Failed("stopped", true)));
              }
            });
  }

  private void decide(Turn turn) {
    while (!turn.undecided().isEmpty()) {
      String id = turn.undecided().getFirst();
      ScheduledNode node = graph.node(id);
      assertThat(node.dependencies())
          .as("1: asked when all before it have ended")
          .allMatch(dependency -> turn.state(dependency).isFinal());
      turn.decide(id, graph.verdict(node, turn::state));
    }
  }

  private void commit(Decision decision) {
    execution = decision.execution();
    for (NodeChange change : decision.nodes()) {
      NodeProgress before = committed.put(change.nodeId(), change.to());
      assertThat(before).as("3: compare-and-set of %s", change.nodeId()).isEqualTo(change.from());
      assertThat(change.from().state().isFinal()).as("3: final states are final").isFalse();
      if (change.to().state() != NodeState.RUNNING) {
        running.remove(change.nodeId());
      }
    }
    decision.launches().forEach(launch -> running.put(launch.nodeId(), launch.attempt()));
    for (EventData event : decision.events()) {
      events.add(EventTypes.nameOf(event));
      if (event instanceof NodeEvent.Completed done) {
        assertThat(completions.add(done.nodeId())).as("3: %s completes once", done).isTrue();
      }
    }
  }

  private void checkTurn(Decision decision, boolean hadFailed) {
    assertThat(count(NodeState.RUNNING)).as("2").isLessThanOrEqualTo(scenario.maxConcurrency());
    for (Decision.Launch launch : decision.launches()) {
      assertThat(control).as("6: starts only while it may run").isEqualTo(Control.RUN);
      assertThat(scenario.failFast() && hadFailed).as("6: no start after a failure").isFalse();
      ScheduledNode node = graph.node(launch.nodeId());
      assertThat(node.dependencies())
          .as("1: starts after those before it")
          .allMatch(
              id ->
                  node.conditional() ? stateOf(id).isFinal() : stateOf(id) == NodeState.COMPLETED);
      assertThat(!node.conditional() || graph.verdict(node, this::stateOf) instanceof Verdict.Holds)
          .as("1: the condition holds")
          .isTrue();
    }
    assertThat(decision.launches()).hasSizeLessThanOrEqualTo(slots);
    for (EventData event : decision.events()) {
      if (event instanceof NodeEvent.Failed failed && failed.willRetry()) {
        NodeState state = stateOf(failed.nodeId());
        assertThat(state == NodeState.FAILED).as("what will be retried has not failed").isFalse();
      }
    }
    if (decision.rest().idle()) {
      assertThat(count(NodeState.RUNNING)).as("4: idle").isZero();
    }
  }

  /** From here on the world is kind; the run must end in a bounded number of turns. */
  private void finish() {
    slots = Integer.MAX_VALUE;
    control = resumed();
    for (int i = 0; i < 10 * graph.nodes().size() + 10 && !execution.status().isFinal(); i++) {
      List.copyOf(running.keySet()).forEach(_ -> endOne(0, new Outcome.Completed(null)));
      if (wakeAt != null && wakeAt.isAfter(now)) {
        now = wakeAt;
      }
      turn();
    }
  }

  private void checkEnd() {
    assertThat(execution.status().isFinal()).as("4: the run ends").isTrue();
    assertThat(events.getFirst()).as("5").isEqualTo("execution.started");
    assertThat(events).as("5").filteredOn("execution.started"::equals).hasSize(1);
    assertThat(events.getLast()).as("5").isEqualTo("execution." + execution.status().wireName());
    assertThat(events)
        .as("5")
        .filteredOn(name -> name.matches("execution\\.(completed|failed|cancelled)"))
        .hasSize(1);
    Map<NodeState, Integer> counts = new HashMap<>();
    committed.values().forEach(progress -> counts.merge(progress.state(), 1, Integer::sum));
    assertThat(counts.keySet()).allMatch(NodeState::isFinal);
    boolean noneFailed =
        !counts.containsKey(NodeState.FAILED) && !counts.containsKey(NodeState.CANCELLED);
    assertThat(execution.status() == ExecutionStatus.COMPLETED).as("7").isEqualTo(noneFailed);
    graph.nodes().stream()
        .filter(node -> stateOf(node.id()) == NodeState.SKIPPED)
        .forEach(node -> assertThat(hasReasonToSkip(node)).as("7: %s is skipped", node).isTrue());
    if (execution.status() == ExecutionStatus.FAILED) {
      assertThat(counts).containsKey(NodeState.FAILED);
    }
    if (execution.status() == ExecutionStatus.CANCELLED) {
      assertThat(control).isEqualTo(Control.CANCEL);
    }
    committed.forEach(
        (id, progress) -> {
          assertThat(progress.interruptions()).as("8").isLessThanOrEqualTo(MAX_INTERRUPTIONS);
          assertThat(progress.ownAttempts()).as("8").isLessThanOrEqualTo(scenario.maxAttempts());
        });
  }

  private boolean hasReasonToSkip(ScheduledNode node) {
    boolean failedFast = scenario.failFast() && count(NodeState.FAILED) > 0;
    return failedFast
        || (node.conditional()
            ? graph.verdict(node, this::stateOf) instanceof Verdict.DoesNotHold
            : node.dependencies().stream()
                .map(this::stateOf)
                .anyMatch(state -> state == NodeState.FAILED || state == NodeState.SKIPPED));
  }

  private long count(NodeState state) {
    return committed.values().stream().filter(progress -> progress.state() == state).count();
  }

  private NodeState stateOf(String id) {
    NodeProgress progress = committed.get(id);
    assertThat(progress).isNotNull();
    return progress.state();
  }
}

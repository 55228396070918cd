package dev.anton.executor.schedule;

import dev.anton.executor.schedule.Decision.Launch;
import dev.anton.executor.schedule.Decision.Rest;
import dev.anton.executor.schedule.NodeChange.Ending;
import dev.anton.schemas.event.EventData;
import dev.anton.schemas.event.ExecutionEvent;
import dev.anton.schemas.event.NodeEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** One move of a {@link Schedule}: apply what happened, start what may start, end. */
public final class Turn {

  private static final String CANCELLED = Conclusion.CANCELLED;
  private static final String INTERRUPTED = "The executor that ran the node went away";

  private final Schedule schedule;
  private final NodeTable nodes;
  private final Control control;
  private final Instant now;
  private final List<EventData> events = new ArrayList<>();
  private final List<Launch> launches = new ArrayList<>();
  private final Map<Integer, NodeProgress> before = new LinkedHashMap<>();
  private final Map<Integer, Ending> endings = new HashMap<>();

  Turn(Schedule schedule, Control control, Instant now) {
    this.schedule = schedule;
    this.nodes = schedule.nodes;
    this.control = control;
    this.now = now;
    obey();
  }

  /** Takes in the end of an attempt; one that is not running any more changes nothing. */
  public void apply(Finished finished) {
    Integer place = nodes.place(finished.nodeId());
    if (place == null
        || nodes.progress(place).state() != NodeState.RUNNING
        || nodes.progress(place).attempt() != finished.attempt()) {
      return;
    }
    if (control == Control.CANCEL) {
      // A result that comes in after the cancellation does not turn it into something else.
      cancel(place);
      return;
    }
    switch (finished.outcome()) {
      case Outcome.Completed(var output) -> {
        NodeProgress running = nodes.progress(place);
        move(place, running.ended(NodeState.COMPLETED, false), new Ending(output, null));
        ScheduledNode node = nodes.node(place);
        events.add(
            new NodeEvent.Completed(
                id(),
                node.id(),
                node.label(),
                node.type(),
                running.attempt(),
                Conclusion.millis(running.startedAt(), now),
                output));
      }
      case Outcome.Failed(String error, boolean retryable) ->
          fail(place, error, retryable && hasAttemptsLeft(place), false);
      case Outcome.Interrupted() ->
          fail(
              place,
              INTERRUPTED,
              nodes.progress(place).interruptions() + 1 < schedule.policy.maxInterruptions(),
              true);
    }
  }

  /**
   * Nodes whose condition has to be asked now: all their dependencies have ended. A verdict may
   * bring up others, so that this is to be called until there are none.
   */
  public List<String> undecided() {
    if (control != Control.RUN || isStopping()) {
      return List.of();
    }
    return nodes.undecided().stream().map(place -> nodes.node(place).id()).toList();
  }

  /** Takes in what the condition of an undecided node says. */
  public void decide(String nodeId, Verdict verdict) {
    int place = Objects.requireNonNull(nodes.place(nodeId), nodeId);
    switch (verdict) {
      case Verdict.Holds() -> nodes.allow(place);
      case Verdict.DoesNotHold(String reason) -> {
        skip(place, reason);
        String because = "The node " + nodeId + ", which it depends on, was skipped";
        nodes.openDependents(place).forEach(dependent -> skip(dependent, because));
      }
      case Verdict.Undecidable(String error) -> {
        // Like an attempt that fails at once, so that those who count starts and ends see both.
        begin(place);
        fail(place, error, false, false);
      }
    }
  }

  /** Where a node stands by now. */
  public NodeState state(String nodeId) {
    return nodes.progress(Objects.requireNonNull(nodes.place(nodeId), nodeId)).state();
  }

  /** The outputs of nodes that completed in this turn, which are not stored yet. */
  public Map<String, JsonNode> outputs() {
    Map<String, JsonNode> outputs = new HashMap<>();
    endings.forEach(
        (place, ending) -> {
          if (ending.output() != null) {
            outputs.put(nodes.node(place).id(), ending.output());
          }
        });
    return outputs;
  }

  /** What has been started so far in this turn. */
  public List<Launch> launches() {
    return List.copyOf(launches);
  }

  /** How many nodes could start now. */
  public int startable() {
    if (control != Control.RUN || isStopping()) {
      return 0;
    }
    int places = schedule.policy.maxConcurrency() - nodes.count(NodeState.RUNNING);
    return Math.clamp(nodes.startable(now), 0, Math.max(places, 0));
  }

  /**
   * Starts up to {@code max} nodes.
   *
   * @return how many were started
   */
  public int start(int max) {
    int count = Math.min(max, startable());
    for (int i = 0; i < count; i++) {
      launches.add(begin(nodes.nextToStart(now)));
    }
    return count;
  }

  /**
   * Ends the turn; the schedule has moved, and what it decided is to be committed.
   *
   * @throws IllegalStateException if a node is {@link #undecided()}
   */
  public Decision end() {
    if (!undecided().isEmpty()) {
      throw new IllegalStateException("Nobody has decided about " + undecided().getFirst());
    }
    boolean idle = nodes.count(NodeState.RUNNING) == 0 && startable() == 0;
    if (nodes.allFinal()) {
      conclude();
    }
    List<String> stops =
        control == Control.CANCEL
            ? nodes.in(NodeState.RUNNING).stream().map(place -> nodes.node(place).id()).toList()
            : List.of();
    List<NodeChange> changes = new ArrayList<>();
    before.forEach((place, from) -> changes.add(change(place, from)));
    return new Decision(schedule.execution(), changes, events, launches, stops, rest(idle));
  }

  private void obey() {
    ExecutionProgress execution = schedule.execution();
    if (execution.startedAt() == null && control != Control.PAUSE) {
      schedule.moveTo(execution.started(now));
      ExecutionIdentity who = schedule.identity;
      events.add(
          new ExecutionEvent.Started(
              who.executionId(), who.sessionId(), who.projectName(), nodes.size()));
    } else if (control == Control.PAUSE) {
      schedule.moveTo(execution.with(ExecutionStatus.PAUSED));
    } else {
      schedule.moveTo(execution.with(ExecutionStatus.RUNNING));
    }
    if (control == Control.CANCEL) {
      nodes.in(NodeState.RUNNING).stream()
          .limit(Conclusion.MAX_NAMED_NODES)
          .forEach(p -> schedule.stoppedIn.add(nodes.node(p).id()));
      nodes.in(NodeState.PENDING).forEach(this::cancel);
      nodes.in(NodeState.RETRYING).forEach(this::cancel);
    }
  }

  private Launch begin(int place) {
    move(place, nodes.progress(place).started(now), Ending.NONE);
    ScheduledNode node = nodes.node(place);
    int attempt = nodes.progress(place).attempt();
    events.add(new NodeEvent.Started(id(), node.id(), node.label(), node.type(), attempt));
    return new Launch(node.id(), attempt);
  }

  private void fail(int place, String error, boolean mayRetry, boolean interrupted) {
    ScheduledNode node = nodes.node(place);
    NodeProgress running = nodes.progress(place);
    boolean willRetry = mayRetry && !isStopping();
    events.add(
        new NodeEvent.Failed(
            id(), node.id(), node.label(), node.type(), running.attempt(), error, willRetry));
    if (willRetry) {
      Instant due =
          interrupted
              ? now
              : now.plus(
                  schedule.policy.backoff().delay(node.initialDelay(), running.ownAttempts()));
      move(place, running.retrying(due, interrupted), new Ending(null, error));
      return;
    }
    move(place, running.ended(NodeState.FAILED, interrupted), new Ending(null, error));
    if (schedule.policy.failFast()) {
      String reason = "The node " + node.id() + " failed, and nothing starts after a failure";
      nodes.in(NodeState.RETRYING).forEach(other -> skip(other, reason));
      nodes.in(NodeState.PENDING).forEach(other -> skip(other, reason));
    } else {
      String reason = "The node " + node.id() + ", which it depends on, failed";
      nodes.openDependents(place).forEach(dependent -> skip(dependent, reason));
    }
  }

  private boolean hasAttemptsLeft(int place) {
    return nodes.progress(place).ownAttempts() < nodes.node(place).maxAttempts();
  }

  /** After a failure with fail-fast only what runs goes on. */
  private boolean isStopping() {
    return schedule.policy.failFast() && nodes.count(NodeState.FAILED) > 0;
  }

  private void skip(int place, String reason) {
    move(place, nodes.progress(place).ended(NodeState.SKIPPED, false), new Ending(null, reason));
    events.add(new NodeEvent.Skipped(id(), nodes.node(place).id(), reason));
  }

  private void cancel(int place) {
    move(
        place,
        nodes.progress(place).ended(NodeState.CANCELLED, false),
        new Ending(null, CANCELLED));
    events.add(new NodeEvent.Cancelled(id(), nodes.node(place).id(), CANCELLED));
  }

  private void conclude() {
    Conclusion end = Conclusion.of(schedule, now);
    schedule.moveTo(end.execution());
    events.add(end.event());
  }

  private Rest rest(boolean idle) {
    Instant due = control == Control.RUN && !isStopping() ? nodes.nextDue() : null;
    if (idle && due == null && control != Control.PAUSE && !nodes.allFinal()) {
      throw new IllegalStateException("Execution " + id() + " would wait for ever");
    }
    return new Rest(idle, due);
  }

  private void move(int place, NodeProgress to, Ending ending) {
    before.putIfAbsent(place, nodes.progress(place));
    endings.put(place, ending);
    nodes.move(place, to);
  }

  private NodeChange change(int place, NodeProgress from) {
    NodeProgress to = nodes.progress(place);
    boolean ended = to.state().isFinal() || to.state() == NodeState.RETRYING;
    return new NodeChange(
        nodes.node(place).id(),
        from,
        to,
        ended ? now : null,
        endings.getOrDefault(place, Ending.NONE));
  }

  private String id() {
    return schedule.identity.executionId();
  }
}

package dev.anton.executor.schedule;

import dev.anton.executor.schedule.Decision.Launch;
import dev.anton.executor.schedule.Decision.Rest;
import dev.anton.executor.schedule.NodeChange.Ending;
import dev.anton.schemas.event.EventData;
import dev.anton.schemas.event.ExecutionEvent;
import dev.anton.schemas.event.NodeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One move of a {@link Schedule}: apply what happened, start what may start, end. */
public final class Turn {

  /** Ids have up to 128 characters: as many stay far below the 256 KiB that an event may have. */
  private static final int MAX_NAMED_NODES = 500;

  private static final String CANCELLED = "The execution was cancelled";
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
        end(place, running.ended(NodeState.COMPLETED, false), new Ending(output, null));
        ScheduledNode node = nodes.node(place);
        events.add(
            new NodeEvent.Completed(
                id(),
                node.id(),
                node.label(),
                node.type(),
                running.attempt(),
                millisSince(running.startedAt()),
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
      int place = nodes.nextToStart(now);
      move(place, nodes.progress(place).started(now), Ending.NONE);
      ScheduledNode node = nodes.node(place);
      int attempt = nodes.progress(place).attempt();
      events.add(new NodeEvent.Started(id(), node.id(), node.label(), node.type(), attempt));
      launches.add(new Launch(node.id(), attempt));
    }
    return count;
  }

  /** Ends the turn; the schedule has moved, and what it decided is to be committed. */
  public Decision end() {
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
          .limit(MAX_NAMED_NODES)
          .forEach(p -> schedule.stoppedIn.add(nodes.node(p).id()));
      nodes.in(NodeState.PENDING).forEach(this::cancel);
      nodes.in(NodeState.RETRYING).forEach(this::cancel);
    }
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
    end(place, running.ended(NodeState.FAILED, interrupted), new Ending(null, error));
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
    end(place, nodes.progress(place).ended(NodeState.SKIPPED, false), new Ending(null, reason));
    events.add(new NodeEvent.Skipped(id(), nodes.node(place).id(), reason));
  }

  private void cancel(int place) {
    end(
        place,
        nodes.progress(place).ended(NodeState.CANCELLED, false),
        new Ending(null, CANCELLED));
    events.add(new NodeEvent.Cancelled(id(), nodes.node(place).id(), CANCELLED));
  }

  private void conclude() {
    ExecutionProgress execution = schedule.execution();
    ExecutionIdentity who = schedule.identity;
    int size = nodes.size();
    int completed = nodes.count(NodeState.COMPLETED);
    long millis = millisSince(execution.startedAt());
    if (nodes.count(NodeState.CANCELLED) > 0) {
      schedule.moveTo(execution.ended(ExecutionStatus.CANCELLED, now, CANCELLED));
      events.add(
          new ExecutionEvent.Cancelled(
              id(), who.sessionId(), size, completed, List.copyOf(schedule.stoppedIn)));
    } else if (completed == size) {
      schedule.moveTo(execution.ended(ExecutionStatus.COMPLETED, now, null));
      events.add(new ExecutionEvent.Completed(id(), who.sessionId(), size, completed, millis));
    } else {
      List<String> failed =
          nodes.in(NodeState.FAILED).stream()
              .limit(MAX_NAMED_NODES)
              .map(place -> nodes.node(place).id())
              .toList();
      String error =
          nodes.count(NodeState.FAILED)
              + " of "
              + size
              + (size == 1 ? " node" : " nodes")
              + " failed";
      schedule.moveTo(execution.ended(ExecutionStatus.FAILED, now, error));
      events.add(
          new ExecutionEvent.Failed(id(), who.sessionId(), size, completed, millis, error, failed));
    }
  }

  private Rest rest(boolean idle) {
    Instant due = control == Control.RUN && !isStopping() ? nodes.nextDue() : null;
    if (idle && due == null && control != Control.PAUSE && !nodes.allFinal()) {
      throw new IllegalStateException("Execution " + id() + " would wait for ever");
    }
    return new Rest(idle, due);
  }

  private void end(int place, NodeProgress to, Ending ending) {
    move(place, to, ending);
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

  private long millisSince(@Nullable Instant start) {
    // A clock that was set back must not make a duration negative.
    return start == null ? 0 : Math.max(0, Duration.between(start, now).toMillis());
  }

  private String id() {
    return schedule.identity.executionId();
  }
}

package dev.anton.executor.run;

import dev.anton.executor.execution.Commit;
import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.StoredExecution;
import dev.anton.executor.run.NodePreparation.Prepared;
import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.Decision;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.executor.schedule.Finished;
import dev.anton.executor.schedule.NodeState;
import dev.anton.executor.schedule.Outcome;
import dev.anton.executor.schedule.Schedule;
import dev.anton.executor.schedule.Turn;
import dev.anton.lease.Lease;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * An execution under this replica's lease. What happens to it is put into a mailbox; a thread works
 * the mailbox off, one turn after another, and ends when it is empty: between turns an execution
 * costs no thread.
 *
 * <p>A turn is decided in memory, committed, and only then acted on. If the commit is refused
 * because people changed their mind, the execution is read again and the same happenings are
 * applied to what is there now; if it is refused because the lease is lost, everything here stops.
 */
final class HeldExecution {

  private static final String TAKEN_OVER = "Another executor has taken over the execution";

  /** Before the database is asked again. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(HeldExecution.class);

  private final long heldSince = System.nanoTime();
  private final Lease lease;
  private final ExecutionDefinition definition;
  private final NodePreparation preparation;
  private final Replica replica;
  private final ExecutionHolder holder;
  private final RunningNodes running;
  private final AtomicInteger kicks = new AtomicInteger();
  private final AtomicBoolean waitsForSlot = new AtomicBoolean();
  private volatile Control control;
  private volatile boolean over;
  private volatile boolean lettingGo;

  // Touched by the turn's thread alone.
  private final List<Finished> toApply = new ArrayList<>();
  private @Nullable Schedule schedule;
  private ExecutionStatus committedStatus;
  private @Nullable Instant nextKick;
  private long version;

  HeldExecution(Lease lease, StoredExecution stored, Replica replica, ExecutionHolder holder) {
    this.lease = lease;
    this.definition = stored.definition();
    this.replica = replica;
    this.holder = holder;
    this.control = stored.control();
    this.committedStatus = stored.progress().status();
    this.running = new RunningNodes(definition, replica, this::kick);
    this.preparation = new NodePreparation(definition, replica.store());
    adopt(stored);
  }

  Lease lease() {
    return lease;
  }

  /** As {@link System#nanoTime()} tells it. */
  long heldSince() {
    return heldSince;
  }

  /** Nothing runs and nothing is about to be decided. */
  boolean isQuiet() {
    return running.isEmpty() && kicks.get() == 0;
  }

  boolean hasRunningNodes() {
    return !running.isEmpty();
  }

  /**
   * Whether a commit is on its way that gives the lease back. Nothing runs then, and the commit's
   * answer tells whether the lease was still there.
   */
  boolean isLettingGo() {
    return lettingGo;
  }

  /** What people want now, as last read from the database. */
  void obey(Control wanted) {
    if (control != wanted) {
      control = wanted;
      kick();
    }
  }

  /** Has the next turn taken soon, on some thread. */
  void kick() {
    if (kicks.getAndIncrement() == 0) {
      Thread.ofVirtual().name("turns-" + lease.id()).start(this::takeTurns);
    }
  }

  /** Stops all that runs here; what it still brings in does not count. */
  void abandon(String reason) {
    over = true;
    running.stopAll(reason);
  }

  private void takeTurns() {
    int seen;
    do {
      seen = kicks.get();
      try {
        if (!over) {
          takeTurn();
        }
      } catch (RuntimeException | Error e) {
        // An error too: nobody would take another turn, and the lease would be renewed for ever.
        log.error("Execution {} cannot go on here", lease.id(), e);
        abandon("The executor cannot go on with the execution");
        holder.abandoned(this);
      }
    } while (!kicks.compareAndSet(seen, 0));
    replica.slots().passOn();
  }

  private void takeTurn() {
    running.drainTo(toApply);
    Schedule current = schedule();
    if (current == null) {
      holder.kickAt(this, replica.clock().instant().plus(PAUSE));
      return;
    }
    Control obeyed = control;
    Turn turn = current.begin(obeyed, replica.clock().instant());
    toApply.forEach(turn::apply);
    if (!hasRead(() -> preparation.decide(turn))) {
      return;
    }
    int wanted = holder.isDraining() ? 0 : turn.startable();
    int unused = replica.slots().take(wanted);
    boolean slotsAreMissing = unused < wanted;
    try {
      turn.start(unused);
      List<Prepared> starting = new ArrayList<>();
      if (!hasRead(() -> starting.addAll(preparation.prepare(turn)))) {
        return;
      }
      Decision decision = turn.end();
      if (changesSomething(decision)) {
        Commit commit = new Commit(definition, lease, version, obeyed, decision);
        lettingGo = decision.letsGo();
        if (!isDone(replica.writer().write(commit).join())) {
          return;
        }
        version++;
        committedStatus = decision.execution().status();
        holder.committed(lease.id(), decision, preparation.nodes());
      }
      toApply.clear();
      if (over) {
        // The lease was lost meanwhile: what was to start is started by whoever holds it next.
        return;
      }
      running.stop(decision.stops(), "The execution was cancelled");
      for (Prepared prepared : starting) {
        unused--;
        running.launch(prepared);
      }
      if (over) {
        running.stopAll(TAKEN_OVER);
      }
      if (decision.letsGo()) {
        over = true;
        holder.letGo(this, decision.rest().until());
      } else {
        awaitWhatIsMissing(decision, slotsAreMissing);
      }
    } finally {
      replica.slots().give(unused);
    }
  }

  private boolean isDone(Commit.Result result) {
    if (result == Commit.Result.CONTROL_CHANGED) {
      lettingGo = false;
      schedule = null;
      kick();
    } else if (result == Commit.Result.LEASE_LOST) {
      log.warn("Another executor has taken over execution {}", lease.id());
      abandon(TAKEN_OVER);
      holder.abandoned(this);
    }
    return result == Commit.Result.DONE;
  }

  private boolean changesSomething(Decision decision) {
    return !decision.nodes().isEmpty()
        || !decision.events().isEmpty()
        || decision.letsGo()
        || decision.execution().status() != committedStatus;
  }

  private void awaitWhatIsMissing(Decision decision, boolean slotsAreMissing) {
    if (slotsAreMissing && waitsForSlot.compareAndSet(false, true)) {
      replica
          .slots()
          .whenFree(
              () -> {
                waitsForSlot.set(false);
                kick();
              });
    }
    Instant due = decision.rest().until();
    if (due != null && !due.equals(nextKick)) {
      nextKick = due;
      holder.kickAt(this, due);
    }
  }

  /**
   * Reads what a turn needs. While the database or the workspace is away the turn is given up, and
   * taken anew from what is stored when it is back.
   */
  private boolean hasRead(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (DataAccessException | TransactionException | UncheckedIOException e) {
      log.warn("Cannot read outputs of {}, trying again: {}", lease.id(), e.getMessage());
      schedule = null;
      holder.kickAt(this, replica.clock().instant().plus(PAUSE));
      return false;
    }
  }

  /** The schedule to go on with; null while the database cannot be asked. */
  private @Nullable Schedule schedule() {
    Schedule known = schedule;
    if (known != null) {
      return known;
    }
    try {
      StoredExecution stored = replica.store().load(List.of(lease.id())).get(lease.id());
      if (stored == null || stored.progress().status().isFinal()) {
        throw new IllegalStateException("The execution has ended without its holder");
      }
      control = stored.control();
      return adopt(stored);
    } catch (DataAccessException | TransactionException e) {
      log.warn("Cannot read execution {}, trying again: {}", lease.id(), e.getMessage());
      return null;
    }
  }

  /** Goes on from what is stored; a node that runs there but not here has lost its executor. */
  private Schedule adopt(StoredExecution stored) {
    version = stored.version();
    committedStatus = stored.progress().status();
    stored
        .nodes()
        .forEach(
            (id, progress) -> {
              if (progress.state() == NodeState.RUNNING && !isKnown(id, progress.attempt())) {
                toApply.add(new Finished(id, progress.attempt(), new Outcome.Interrupted()));
              }
            });
    Schedule adopted = holder.schedule(stored);
    schedule = adopted;
    return adopted;
  }

  private boolean isKnown(String nodeId, int attempt) {
    return running.isKnown(nodeId, attempt)
        || toApply.stream()
            .anyMatch(end -> end.nodeId().equals(nodeId) && end.attempt() == attempt);
  }
}

package dev.anton.planner.session;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.anton.lease.Lease;
import dev.anton.planner.project.ProjectFolders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes one session as far as it goes, from the step at which it was left. Each step's outcome is
 * committed before the next begins, so that whoever resumes repeats at most one step's work and
 * none of its events.
 */
@Component
class SessionWorker {

  private static final Logger log = LoggerFactory.getLogger(SessionWorker.class);

  /**
   * A session that brings down whoever works on it would otherwise be tried for good. With the
   * delays below, twenty attempts outlast a quarter of an hour without a database.
   */
  private static final long MAX_CLAIMS = 20;

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final SessionRepository repository;
  private final SessionTransitions transitions;
  private final ProjectFolders folders;
  private final SessionMetrics metrics;
  private final Map<Step, StepWork> works;

  SessionWorker(
      SessionRepository repository,
      SessionTransitions transitions,
      ProjectFolders folders,
      SessionMetrics metrics,
      List<StepWork> works) {
    this.repository = repository;
    this.transitions = transitions;
    this.folders = folders;
    this.metrics = metrics;
    this.works = works.stream().collect(toUnmodifiableMap(StepWork::step, Function.identity()));
  }

  /**
   * Works on the session that the lease is for, and returns when it has ended, when the lease was
   * lost, when it has to wait, or, between two steps, when it should stop.
   */
  void work(Lease lease, BooleanSupplier shouldStop) {
    try {
      boolean held = true;
      Session session = read(lease);
      while (held && !session.status().isFinal() && !shouldStop.getAsBoolean()) {
        held = step(session, lease);
        session = read(lease);
      }
      // Also without the lease: what this worker made after others had cleaned up is its to remove.
      if (session.discard() || (!held && endedWithoutPlan(session))) {
        discard(session, lease);
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("Session {} waits: the database does not answer: {}", lease.id(), e.getMessage());
      postpone(lease);
    }
  }

  private Session read(Lease lease) {
    return repository.find(lease.id()).orElseThrow();
  }

  private static boolean endedWithoutPlan(Session session) {
    return session.status() == SessionStatus.FAILED || session.status() == SessionStatus.CANCELLED;
  }

  /** Does one step; false if the session was taken over or ended by somebody else. */
  private boolean step(Session session, Lease lease) {
    long started = System.nanoTime();
    Transition transition;
    try {
      transition = transition(session, lease);
      transitions.apply(session, lease, transition);
    } catch (LeaseLostException e) {
      metrics.leaseLost();
      return false;
    }
    metrics.step(session.step()).record(Duration.ofNanos(System.nanoTime() - started));
    if (transition.status().isFinal()) {
      metrics.ended(transition.status());
      log.info(
          "Session {} {} at {} of tenant {}",
          session.id(),
          transition.status().wire(),
          session.step().wire(),
          session.tenant());
    }
    return true;
  }

  private Transition transition(Session session, Lease lease) throws LeaseLostException {
    if (lease.fencingToken() > MAX_CLAIMS) {
      return Transition.fail(
          session, "Planning was begun %d times and never came to an end".formatted(MAX_CLAIMS));
    }
    StepWork work = works.get(session.step());
    if (work == null) {
      return Transition.begin(session);
    }
    try {
      return work.work(session, lease);
    } catch (StepFailedException e) {
      return Transition.fail(session, String.valueOf(e.getMessage()));
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("Session {} failed at {}", session.id(), session.step().wire(), e);
      return Transition.fail(
          session, "Something unexpected went wrong in the planner; its log says what");
    }
  }

  private void discard(Session session, Lease lease) {
    try {
      if (session.findings().projectName() != null) {
        folders.discard(session.tenant(), session.findings().projectName(), session.id());
      }
      transitions.discarded(lease);
    } catch (IOException e) {
      log.warn("Session {}: its folder cannot be removed yet", session.id(), e);
      postpone(lease);
    }
  }

  /** Each claim doubles the delay. */
  private void postpone(Lease lease) {
    long seconds = 1L << Math.min(lease.fencingToken(), 6);
    Duration delay = Duration.ofSeconds(seconds);
    try {
      repository.postpone(lease, delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
    } catch (DataAccessException | TransactionException e) {
      // The lease runs out by itself; that is the delay then.
      log.debug("Session {} cannot be postponed", lease.id(), e);
    }
  }
}

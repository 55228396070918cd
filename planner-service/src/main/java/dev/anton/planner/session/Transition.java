package dev.anton.planner.session;

import dev.anton.planner.model.PlanningReport;
import dev.anton.planner.review.ReviewReport;
import dev.anton.planner.session.Session.Findings;
import dev.anton.schemas.event.PlanEvent;
import dev.anton.schemas.event.PlanEvent.Completed;
import dev.anton.schemas.event.PlanEvent.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step forward in a session: the state it comes to and the events that tell of it, which are
 * committed together or not at all.
 *
 * @param from the step that it leaves; from any other it does nothing
 * @param executionId set if the plan is handed to the executor in the same transaction
 */
record Transition(
    Step from,
    SessionStatus status,
    Step step,
    Findings findings,
    @Nullable String error,
    @Nullable String executionId,
    List<PlanEvent> events) {

  /** The rest is in the session: an event is no place for long lists. */
  private static final int MAX_FINDINGS = 20;

  Transition {
    events = List.copyOf(events);
  }

  /** The first step begins. */
  static Transition begin(Session session) {
    return new Transition(
        session.step(),
        SessionStatus.RUNNING,
        session.step().next(),
        session.findings(),
        null,
        null,
        List.of(begins(session.id(), session.step().next(), session.findings())));
  }

  /**
   * The session's step ends and the next one begins.
   *
   * @param message what came of the step
   */
  static Transition next(Session session, Findings findings, String message) {
    Step next = session.step().next();
    return new Transition(
        session.step(),
        SessionStatus.RUNNING,
        next,
        findings,
        null,
        null,
        List.of(ends(session, findings, message), begins(session.id(), next, findings)));
  }

  /**
   * The last step ends, and with it the session.
   *
   * @param executionId null if the plan is not to be run
   */
  static Transition complete(
      Session session, Findings findings, String message, @Nullable String executionId) {
    return new Transition(
        session.step(),
        SessionStatus.COMPLETED,
        session.step(),
        findings,
        null,
        executionId,
        List.of(
            ends(session, findings, message),
            new Completed(
                session.id(),
                Objects.requireNonNull(findings.projectName()).value(),
                Objects.requireNonNull(findings.outputDir()).toString(),
                Objects.requireNonNull(findings.plan()).nodes().size())));
  }

  /** The step fails, and with it the session. */
  static Transition fail(Session session, String error) {
    return fail(session, session.findings(), error);
  }

  /** The step fails, and what it has found out is kept. */
  static Transition fail(Session session, Findings findings, String error) {
    return failed(session, findings, error, List.of());
  }

  /** Validating ends with the answer that the prompt is no software project. */
  static Transition refuse(Session session, String reason) {
    return failed(
        session,
        session.findings(),
        reason,
        List.of(
            completes(
                session,
                session.findings(),
                "The prompt does not describe a software project",
                false)));
  }

  private static Transition failed(
      Session session, Findings findings, String error, List<PlanEvent> before) {
    List<PlanEvent> events = new ArrayList<>(before);
    events.add(new Failed(session.id(), error, session.step().failureName()));
    return new Transition(
        session.step(), SessionStatus.FAILED, session.step(), findings, error, null, events);
  }

  private static PlanEvent.Step begins(String sessionId, Step step, Findings findings) {
    return new PlanEvent.Step(
        sessionId, step.wire(), step.beginMessage(), null, null, name(findings));
  }

  private static PlanEvent.Step completes(
      Session session, Findings findings, String message, @Nullable Boolean isValid) {
    return new PlanEvent.Step(
        session.id(), session.step().wire(), message, "complete", isValid, name(findings));
  }

  /** What each step's end tells beside the message. */
  private static PlanEvent.Step ends(Session session, Findings findings, String message) {
    return switch (session.step()) {
      case VALIDATING -> completes(session, findings, message, true);
      case INITIALIZING, PROJECT_CREATED -> completes(session, findings, message, null);
      case PLANNING -> {
        PlanningReport planning = findings.planning();
        yield planning == null
            ? completes(session, findings, message, null)
            : completes(session, findings, message, null)
                .by(planning.planner(), planning.fallback());
      }
      case REVIEWING -> completes(session, findings, message, null).with(mended(findings.review()));
    };
  }

  private static List<PlanEvent.Finding> mended(@Nullable ReviewReport review) {
    return review == null
        ? List.of()
        : review.findings().stream()
            .limit(MAX_FINDINGS)
            .map(finding -> new PlanEvent.Finding(finding.code(), finding.detail()))
            .toList();
  }

  private static @Nullable String name(Findings findings) {
    return findings.projectName() == null ? null : findings.projectName().value();
  }
}

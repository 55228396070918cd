package dev.anton.planner.session;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.planner.session.Session.Findings;
import dev.anton.planner.session.Session.Times;
import dev.anton.schemas.event.PlanEvent;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What clients do with sessions. */
@Service
class Sessions {

  private final SessionRepository repository;
  private final SessionRecords records;
  private final SessionMetrics metrics;
  private final Clock clock;

  Sessions(
      SessionRepository repository, SessionRecords records, SessionMetrics metrics, Clock clock) {
    this.repository = repository;
    this.records = records;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Accepts the request: from here on it is not lost. */
  @Transactional
  Session open(Tenant tenant, PlanRequest request, String traceparent) {
    PlanEvent.Started started = PlanEvent.Started.of(Ids.session());
    Session session =
        new Session(
            started.sessionId(),
            tenant,
            request,
            SessionStatus.QUEUED,
            Step.INITIALIZING,
            Findings.NONE,
            null,
            null,
            1,
            false,
            traceparent,
            new Times(clock.instant(), null, null));
    repository.insert(session);
    records.append(session, List.of(started), session.version());
    return session;
  }

  /**
   * @throws ProblemException if there is no such session, or it is another tenant's
   */
  Session get(Tenant tenant, String id) {
    return repository
        .find(tenant, id)
        .orElseThrow(() -> ProblemException.notFound("planning session", id));
  }

  Page<Session> list(Tenant tenant, @Nullable SessionStatus status, PageRequest page) {
    return repository.list(tenant, status, page);
  }

  /**
   * Ends a session that is queued or running, whoever works on it. What it has made is removed soon
   * after.
   *
   * @throws ProblemException if there is no such session, or it has ended
   */
  @Transactional
  Session cancel(Tenant tenant, String id) {
    Long version = repository.cancel(tenant, id, clock.instant()).orElse(null);
    Session session = get(tenant, id);
    if (version == null) {
      throw ProblemException.conflict(
          "session-ended",
          "Planning session %s is %s and cannot be cancelled any more"
              .formatted(id, session.status().wire()));
    }
    records.append(session, List.of(new PlanEvent.Cancelled(id, session.step().wire())), version);
    metrics.ended(SessionStatus.CANCELLED);
    return session;
  }
}

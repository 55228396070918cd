package dev.anton.planner.session;

import dev.anton.outbox.Outbox;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the executor asks when a client wants a session's plan run. */
@RestController
class InternalPlansController {

  /**
   * @param plan null until the session is completed
   * @param executionId of the execution that the planner itself has asked for, if it has
   * @param lastSequence {@code ce_sequence} of the session's last event from the planner
   * @param eventsSent whether Kafka has all of the session's events; whoever goes on with the
   *     session's events before that could be first
   */
  record PlannedSession(
      String sessionId,
      String tenant,
      SessionStatus status,
      @Nullable String projectName,
      @Nullable String outputDir,
      @Nullable Plan plan,
      @Nullable Integer maxConcurrency,
      @Nullable String executionId,
      long lastSequence,
      boolean eventsSent) {}

  private final Sessions sessions;
  private final Outbox outbox;

  InternalPlansController(Sessions sessions, Outbox outbox) {
    this.sessions = sessions;
    this.outbox = outbox;
  }

  @GetMapping("/internal/plans/{sessionId}")
  PlannedSession get(Tenant tenant, @PathVariable String sessionId) {
    Session session = sessions.get(tenant, sessionId);
    Session.Findings findings = session.findings();
    return new PlannedSession(
        session.id(),
        session.tenant().id(),
        session.status(),
        findings.projectName() == null ? null : findings.projectName().value(),
        Objects.toString(findings.outputDir(), null),
        session.status() == SessionStatus.COMPLETED ? findings.plan() : null,
        session.request().configOrDefault().maxParallelization(),
        session.executionId(),
        session.version(),
        !outbox.isPending(session.id()));
  }
}

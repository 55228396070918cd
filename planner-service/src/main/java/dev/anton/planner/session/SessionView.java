package dev.anton.planner.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.planner.model.PlanningReport;
import dev.anton.planner.review.ReviewReport;
import dev.anton.schemas.plan.Plan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session as clients see it.
 *
 * @param step where it is or ended; the step that failed is called as in {@code plan.failed}
 * @param error why it failed
 * @param outputDir the project's folder, absolute; null again once a session without a plan is
 *     cleaned up
 * @param executionId of the execution that runs the plan, if one was asked for and the plan is
 *     there
 * @param planning who has planned, where a language model is configured; left out of lists
 * @param review what the review came to, once there was one; left out of lists
 * @param plan once it is there; left out of lists
 */
record SessionView(
    String sessionId,
    SessionStatus status,
    String step,
    @Nullable String error,
    String prompt,
    @Nullable String projectName,
    @Nullable String outputDir,
    boolean execute,
    PlanConfig config,
    @Nullable String executionId,
    @Nullable Integer nodeCount,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Map<String, String> links,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PlanningReport planning,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReviewReport review,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Plan plan) {

  static SessionView of(Session session) {
    Session.Findings findings = session.findings();
    return new SessionView(
        session.id(),
        session.status(),
        session.status() == SessionStatus.FAILED
            ? session.step().failureName()
            : session.step().wire(),
        session.error(),
        session.request().prompt(),
        findings.projectName() == null ? null : findings.projectName().value(),
        Objects.toString(findings.outputDir(), null),
        session.request().execute(),
        session.request().configOrDefault(),
        session.executionId(),
        findings.nodeCount(),
        session.times().createdAt(),
        session.times().startedAt(),
        session.times().finishedAt(),
        links(session),
        findings.planning(),
        findings.review(),
        findings.plan());
  }

  static String address(Session session) {
    return "/api/plans/" + session.id();
  }

  /** What can be done from here. */
  private static Map<String, String> links(Session session) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", address(session));
    if (!session.status().isFinal()) {
      links.put("cancel", address(session) + "/cancel");
    }
    if (session.executionId() != null) {
      links.put("execution", "/api/executions/" + session.executionId());
    }
    return links;
  }
}

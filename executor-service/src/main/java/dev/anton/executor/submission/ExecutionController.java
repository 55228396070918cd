package dev.anton.executor.submission;

import dev.anton.api.problem.ProblemException;
import dev.anton.api.tracing.TraceHeader;
import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.view.ExecutionSummary;
import dev.anton.executor.view.ExecutionViews;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Starts executions: nothing here waits for them. */
@RestController
@RequestMapping("/api/executions")
class ExecutionController {

  /** Either {@code sessionId} or {@code plan}. */
  record StartRequest(
      @Nullable String sessionId, @Nullable JsonNode plan, @Nullable Config config) {}

  /**
   * @param only run these nodes and what they need; absent: all
   */
  record Config(
      @Nullable Boolean failFast,
      @Nullable Integer maxConcurrency,
      @Nullable List<@Nullable String> only) {}

  /**
   * At most one of the two.
   *
   * @param from run these nodes and all that comes after them again
   * @param only run these nodes again, on what had completed before them
   */
  record RetryRequest(
      @Nullable List<@Nullable String> from, @Nullable List<@Nullable String> only) {}

  private final Submissions submissions;
  private final SubmissionProperties properties;
  private final ExecutionViews views;

  ExecutionController(
      Submissions submissions, SubmissionProperties properties, ExecutionViews views) {
    this.submissions = submissions;
    this.properties = properties;
    this.views = views;
  }

  @PostMapping
  ResponseEntity<ExecutionSummary> start(
      Tenant tenant,
      @RequestBody StartRequest request,
      @RequestHeader(name = TraceHeader.NAME, required = false) @Nullable String traceparent) {
    String sessionId = request.sessionId();
    JsonNode plan = request.plan();
    if ((sessionId == null) == (plan == null || plan.isNull())) {
      throw ProblemException.badInput(
          "invalid-request", "", "Either sessionId or plan is given, not both");
    }
    Origin origin = new Origin(tenant, sessionId, TraceHeader.checked(traceparent));
    RunSettings settings = settings(request.config());
    Selection selection =
        request.config() == null
            ? Selection.ALL
            : new Selection(ids(request.config().only(), "/config/only"), List.of());
    return accepted(
        tenant,
        sessionId == null
            ? submissions.runPlan(origin, Objects.requireNonNull(plan), settings, selection)
            : submissions.runSession(origin, sessionId, settings, selection));
  }

  @PostMapping("/{executionId}/retry")
  ResponseEntity<ExecutionSummary> retry(
      Tenant tenant,
      @PathVariable String executionId,
      @RequestBody(required = false) @Nullable RetryRequest request) {
    Selection selection =
        request == null
            ? Selection.ALL
            : new Selection(ids(request.only(), "/only"), ids(request.from(), "/from"));
    if (!selection.only().isEmpty() && !selection.from().isEmpty()) {
      throw ProblemException.badInput(
          "invalid-request", "", "Either from or only is given, or neither");
    }
    return accepted(tenant, submissions.retry(tenant, executionId, selection));
  }

  private static List<String> ids(@Nullable List<@Nullable String> ids, String at) {
    if (ids == null) {
      return List.of();
    }
    List<String> present = new ArrayList<>();
    for (String id : ids) {
      if (id == null) {
        throw ProblemException.badInput(
            "invalid-request", at + '/' + present.size(), "It is the id of a node, not null");
      }
      present.add(id);
    }
    return present;
  }

  private ResponseEntity<ExecutionSummary> accepted(Tenant tenant, String executionId) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/executions/" + executionId))
        .body(views.summary(tenant, executionId));
  }

  private RunSettings settings(@Nullable Config config) {
    Integer wanted = config == null ? null : config.maxConcurrency();
    if (wanted != null && (wanted < 1 || wanted > properties.maxConcurrency())) {
      throw ProblemException.badInput(
          "invalid-concurrency",
          "/config/maxConcurrency",
          "maxConcurrency is a whole number from 1 to " + properties.maxConcurrency());
    }
    Boolean failFast = config == null ? null : config.failFast();
    return new RunSettings(
        wanted == null ? properties.defaultConcurrency() : wanted, failFast == null || failFast);
  }
}

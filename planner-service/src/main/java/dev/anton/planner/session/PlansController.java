package dev.anton.planner.session;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/plans")
@Tag(name = "Plans", description = "From a prompt to a reviewed plan in a project of its own")
class PlansController {

  private final Sessions sessions;
  private final SessionWorkers workers;

  PlansController(Sessions sessions, SessionWorkers workers) {
    this.sessions = sessions;
    this.workers = workers;
  }

  @PostMapping
  @Operation(summary = "Plan a project, and run the plan if asked to")
  ResponseEntity<SessionView> open(
      Tenant tenant,
      @Valid @RequestBody PlanRequest request,
      @Parameter(hidden = true)
          @RequestHeader(name = CloudEventHeaders.TRACEPARENT, required = false)
          @Nullable String traceparent) {
    Session session = sessions.open(tenant, request, Traceparent.of(traceparent));
    workers.wake();
    return ResponseEntity.accepted()
        .location(URI.create(SessionView.address(session)))
        .body(SessionView.of(session));
  }

  @GetMapping
  @Operation(summary = "List planning sessions, newest first, without their plans")
  Page<SessionView> list(
      Tenant tenant,
      @Parameter(description = "queued, running, completed, failed or cancelled")
          @RequestParam(required = false)
          @Nullable String status,
      PageRequest page) {
    return sessions.list(tenant, status == null ? null : parse(status), page).map(SessionView::of);
  }

  @GetMapping("/{sessionId}")
  @Operation(summary = "Read a planning session, with its plan once it is there")
  SessionView get(Tenant tenant, @PathVariable String sessionId) {
    return SessionView.of(sessions.get(tenant, sessionId));
  }

  @PostMapping("/{sessionId}/cancel")
  @Operation(summary = "Cancel a planning session that has not ended")
  SessionView cancel(Tenant tenant, @PathVariable String sessionId) {
    Session session = sessions.cancel(tenant, sessionId);
    workers.wake();
    return SessionView.of(session);
  }

  private static SessionStatus parse(String status) {
    return SessionStatus.parse(status)
        .orElseThrow(
            () ->
                ProblemException.badInput(
                    "invalid-status",
                    "status",
                    "status is one of "
                        + Arrays.stream(SessionStatus.values())
                            .map(SessionStatus::wire)
                            .collect(Collectors.joining(", "))));
  }
}

package dev.anton.executor.view;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.schemas.id.Tenant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/executions")
class ExecutionViewController {

  private final ExecutionViews views;

  ExecutionViewController(ExecutionViews views) {
    this.views = views;
  }

  @GetMapping
  Page<ExecutionSummary> list(
      Tenant tenant,
      @RequestParam(required = false) @Nullable String sessionId,
      @RequestParam(required = false) @Nullable String status,
      PageRequest page) {
    return views.list(tenant, sessionId, status == null ? null : parse(status), page);
  }

  @GetMapping("/{executionId}")
  ExecutionView get(Tenant tenant, @PathVariable String executionId) {
    return views.execution(tenant, executionId);
  }

  private static ExecutionStatus parse(String status) {
    return ExecutionStatus.parse(status)
        .orElseThrow(
            () ->
                ProblemException.badInput(
                    "unknown-status",
                    "status",
                    "status is one of "
                        + Arrays.stream(ExecutionStatus.values())
                            .map(ExecutionStatus::wireName)
                            .collect(Collectors.joining(", "))));
  }
}

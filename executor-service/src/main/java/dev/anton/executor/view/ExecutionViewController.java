package dev.anton.executor.view;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.executor.log.NodeLogs;
import dev.anton.executor.schedule.ExecutionStatus;
import dev.anton.schemas.id.Tenant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/executions")
class ExecutionViewController {

  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final ExecutionViews views;
  private final NodeLogs logs;

  ExecutionViewController(ExecutionViews views, NodeLogs logs) {
    this.views = views;
    this.logs = logs;
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

  /** What the node has written so far; empty if it has written nothing. */
  @GetMapping("/{executionId}/nodes/{nodeId}/log")
  ResponseEntity<Resource> log(
      Tenant tenant, @PathVariable String executionId, @PathVariable String nodeId) {
    views.requireNode(tenant, executionId, nodeId);
    Optional<Path> file = logs.find(tenant, executionId, nodeId);
    Resource text =
        file.isPresent() ? new FileSystemResource(file.get()) : new ByteArrayResource(new byte[0]);
    return ResponseEntity.ok().contentType(TEXT).body(text);
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

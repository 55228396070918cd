package dev.anton.executor.control;

import dev.anton.executor.schedule.Control;
import dev.anton.executor.view.ExecutionSummary;
import dev.anton.executor.view.ExecutionViews;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/executions/{executionId}")
class ControlController {

  private final ExecutionControl control;
  private final ExecutionViews views;

  ControlController(ExecutionControl control, ExecutionViews views) {
    this.control = control;
    this.views = views;
  }

  /** Running nodes finish, nothing new starts. */
  @PostMapping("/pause")
  ResponseEntity<ExecutionSummary> pause(Tenant tenant, @PathVariable String executionId) {
    return ask(tenant, executionId, Control.PAUSE);
  }

  @PostMapping("/resume")
  ResponseEntity<ExecutionSummary> resume(Tenant tenant, @PathVariable String executionId) {
    return ask(tenant, executionId, Control.RUN);
  }

  /** Running nodes are ended, their processes included. */
  @PostMapping("/cancel")
  ResponseEntity<ExecutionSummary> cancel(Tenant tenant, @PathVariable String executionId) {
    return ask(tenant, executionId, Control.CANCEL);
  }

  private ResponseEntity<ExecutionSummary> ask(Tenant tenant, String executionId, Control wanted) {
    control.ask(tenant, executionId, wanted);
    return ResponseEntity.accepted()
        .location(URI.create("/api/executions/" + executionId))
        .body(views.summary(tenant, executionId));
  }
}

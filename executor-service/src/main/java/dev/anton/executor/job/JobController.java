package dev.anton.executor.job;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Jobs over HTTP. */
@RestController
@RequestMapping("/api/jobs")
@Tag(name = "Jobs", description = "Chains of plugins over one input")
class JobController {

  private final Jobs jobs;
  private final JobRepository repository;
  private final JobRequestParser parser;
  private final ShownInput shown;

  JobController(Jobs jobs, JobRepository repository, JobRequestParser parser, ShownInput shown) {
    this.jobs = jobs;
    this.repository = repository;
    this.parser = parser;
    this.shown = shown;
  }

  @PostMapping
  @Operation(summary = "Take a job in; it runs at once, as far as there are slots")
  @ApiResponse(responseCode = "202", description = "Taken in")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = JobBody.class)))
  ResponseEntity<JobView> submit(
      @Parameter(hidden = true) Tenant tenant, @RequestBody JsonNode body) {
    Job job = jobs.submit(tenant, parser.parse(body));
    return ResponseEntity.accepted()
        .location(URI.create("/api/jobs/" + job.id()))
        .body(JobView.whole(job, shown.of(job.definition()), List.of()));
  }

  @GetMapping
  @Operation(summary = "List jobs, the newest first")
  Page<JobView> list(
      Tenant tenant, @RequestParam(name = "status") @Nullable String status, PageRequest page) {
    JobStatus filter = status == null ? null : parseStatus(status);
    return Page.of(repository.list(tenant, filter, page), page, Job::id).map(JobView::inList);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show how far a job is and what came out")
  JobView get(Tenant tenant, @PathVariable("id") String id) {
    return whole(jobs.get(tenant, id));
  }

  @PostMapping("/{id}/cancel")
  @Operation(summary = "Cancel a queued or running job")
  @ApiResponse(responseCode = "202", description = "Cancelled")
  ResponseEntity<JobView> cancel(Tenant tenant, @PathVariable("id") String id) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/jobs/" + id))
        .body(whole(jobs.cancel(tenant, id)));
  }

  private JobView whole(Job job) {
    return JobView.whole(job, shown.of(job.definition()), repository.completedPlugins(job.id()));
  }

  private static JobStatus parseStatus(String status) {
    return JobStatus.of(status)
        .orElseThrow(
            () ->
                ProblemException.badInput(
                    "invalid-status",
                    "status",
                    "status is one of " + String.join(", ", JobStatus.wireNames())));
  }
}

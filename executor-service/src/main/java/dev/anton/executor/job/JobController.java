package dev.anton.executor.job;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
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
class JobController {

  private final Jobs jobs;
  private final JobRepository repository;
  private final JobRequestParser parser;

  JobController(Jobs jobs, JobRepository repository, JobRequestParser parser) {
    this.jobs = jobs;
    this.repository = repository;
    this.parser = parser;
  }

  @PostMapping
  ResponseEntity<JobView> submit(Tenant tenant, @RequestBody JsonNode body) {
    Job job = jobs.submit(tenant, parser.parse(body));
    return ResponseEntity.accepted()
        .location(URI.create("/api/jobs/" + job.id()))
        .body(JobView.whole(job, List.of()));
  }

  @GetMapping
  Page<JobView> list(
      Tenant tenant, @RequestParam(name = "status") @Nullable String status, PageRequest page) {
    JobStatus filter = status == null ? null : parseStatus(status);
    return Page.of(repository.list(tenant, filter, page), page, Job::id).map(JobView::inList);
  }

  @GetMapping("/{id}")
  JobView get(Tenant tenant, @PathVariable("id") String id) {
    return whole(jobs.get(tenant, id));
  }

  @PostMapping("/{id}/cancel")
  ResponseEntity<JobView> cancel(Tenant tenant, @PathVariable("id") String id) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/jobs/" + id))
        .body(whole(jobs.cancel(tenant, id)));
  }

  private JobView whole(Job job) {
    return JobView.whole(job, repository.completedPlugins(job.id()));
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

package dev.anton.dispatcher.subscription;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** For the executor: before a job commits, its inline webhook is made here. */
@RestController
@RequestMapping("/internal/job-subscriptions/{jobId}")
class JobSubscriptionController {

  private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final JobSubscriptions subscriptions;

  JobSubscriptionController(JobSubscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @PutMapping
  JobSubscriptionView put(Tenant tenant, @PathVariable String jobId, @RequestBody JsonNode body) {
    if (!JOB_ID.matcher(jobId).matches()) {
      throw ProblemException.badInput(
          "invalid-job-id", "jobId", "A job id has 1 to 64 letters, digits, dashes or underscores");
    }
    return subscriptions.put(tenant, jobId, body);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable String jobId) {
    subscriptions.delete(tenant, jobId);
  }
}

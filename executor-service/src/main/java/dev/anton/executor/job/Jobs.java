package dev.anton.executor.job;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/** Takes jobs in and cancels them. */
@Service
class Jobs {

  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private final JobRepository repository;
  private final JobTransitions transitions;
  private final JobSubscriptions subscriptions;
  private final JobEngine engine;
  private final JobMetrics metrics;

  Jobs(
      JobRepository repository,
      JobTransitions transitions,
      JobSubscriptions subscriptions,
      JobEngine engine,
      JobMetrics metrics) {
    this.repository = repository;
    this.transitions = transitions;
    this.subscriptions = subscriptions;
    this.engine = engine;
    this.metrics = metrics;
  }

  /**
   * Takes a job in, its webhook first.
   *
   * @throws ProblemException if the webhook is refused or cannot be set up; there is no job then
   */
  Job submit(Tenant tenant, JobRequest request) {
    String id = Ids.job();
    InlineWebhook webhook = request.webhook();
    if (webhook != null) {
      subscriptions.create(tenant, id, webhook);
    }
    try {
      repository.insert(id, tenant, request.definition());
    } catch (RuntimeException e) {
      if (webhook != null && isSurelyAbsent(tenant, id)) {
        subscriptions.delete(tenant, id);
      }
      throw e;
    }
    engine.wake();
    log.info(
        "Job {} of {} taken in: {} plugins", id, tenant, request.definition().plugins().size());
    return get(tenant, id);
  }

  /**
   * @throws ProblemException if there is no such job
   */
  Job get(Tenant tenant, String id) {
    return repository.find(tenant, id).orElseThrow(() -> ProblemException.notFound("job", id));
  }

  /**
   * Cancels a job; again has the effect of once.
   *
   * @return the job as it is now
   * @throws ProblemException if there is no such job, or it has completed or failed
   */
  Job cancel(Tenant tenant, String id) {
    JobStatus before =
        transitions
            .cancel(tenant, id)
            .orElseThrow(() -> ProblemException.notFound("job", id))
            .status();
    if (before == JobStatus.COMPLETED || before == JobStatus.FAILED) {
      throw ProblemException.conflict(
          "job-finished",
          "The job has " + before.wireName() + "; only a queued or running one can be cancelled");
    }
    if (before != JobStatus.CANCELLED) {
      engine.cancelled(id);
      metrics.finished(JobStatus.CANCELLED);
      log.info("Job {} of {} cancelled while {}", id, tenant, before.wireName());
    }
    return get(tenant, id);
  }

  /** A failed commit may have reached the database: a job that lives keeps its webhook. */
  private boolean isSurelyAbsent(Tenant tenant, String id) {
    try {
      Optional<Job> found = repository.find(tenant, id);
      return found.isEmpty();
    } catch (DataAccessException | TransactionException e) {
      return false;
    }
  }
}

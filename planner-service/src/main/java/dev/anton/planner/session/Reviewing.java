package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.planner.project.ProjectFolders;
import dev.anton.planner.review.Allowance;
import dev.anton.planner.review.PlanReviewer;
import dev.anton.planner.review.ReviewReport;
import dev.anton.planner.review.Verdict;
import dev.anton.planner.session.Session.Findings;
import dev.anton.schemas.id.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reviews the plan and commits it to the project's repository. */
@Component
final class Reviewing implements StepWork {

  private static final Logger log = LoggerFactory.getLogger(Reviewing.class);

  private final ProjectFolders folders;
  private final Allowance allowance;

  Reviewing(ProjectFolders folders, Allowance allowance) {
    this.folders = folders;
    this.allowance = allowance;
  }

  @Override
  public Step step() {
    return Step.REVIEWING;
  }

  @Override
  public Transition work(Session session, Lease lease) throws StepFailedException {
    Verdict verdict =
        PlanReviewer.review(Objects.requireNonNull(session.findings().plan()), allowance);
    return switch (verdict) {
      case Verdict.Rejected rejected ->
          Transition.fail(
              session, session.findings().with(ReviewReport.of(rejected)), rejected.summary());
      case Verdict.Accepted accepted -> accept(session, accepted);
    };
  }

  private Transition accept(Session session, Verdict.Accepted accepted) throws StepFailedException {
    Findings findings = session.findings().with(accepted.plan()).with(ReviewReport.of(accepted));
    Path folder = Objects.requireNonNull(findings.outputDir());
    try {
      folders.commitPlan(folder, accepted.plan());
    } catch (IOException e) {
      log.warn("Session {}: the plan cannot be committed", session.id(), e);
      throw new StepFailedException(
          "The plan cannot be committed in %s: %s".formatted(folder, CreatingProject.reason(e)));
    }
    String executionId = session.request().execute() ? Ids.execution() : null;
    return Transition.complete(session, findings, accepted.summary(), executionId);
  }
}

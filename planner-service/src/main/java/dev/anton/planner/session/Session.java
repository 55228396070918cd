package dev.anton.planner.session;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.model.PlanningReport;
import dev.anton.planner.project.ProjectName;
import dev.anton.planner.review.ReviewReport;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A planning session as it is stored.
 *
 * @param version how many events it has had
 * @param discard whether its folder and name have yet to be given back
 * @param traceparent W3C trace context of all its events
 */
record Session(
    String id,
    Tenant tenant,
    PlanRequest request,
    SessionStatus status,
    Step step,
    Findings findings,
    @Nullable String error,
    @Nullable String executionId,
    long version,
    boolean discard,
    String traceparent,
    Times times) {

  /**
   * What the steps have found out so far.
   *
   * @param nodeCount of the plan, known also where the plan itself was not read
   * @param planning who has planned; null where no language model is configured
   */
  record Findings(
      @Nullable ProjectBrief brief,
      @Nullable ProjectName projectName,
      @Nullable Path outputDir,
      @Nullable Plan plan,
      @Nullable Integer nodeCount,
      @Nullable PlanningReport planning,
      @Nullable ReviewReport review) {

    static final Findings NONE = new Findings(null, null, null, null, null, null, null);

    Findings with(ProjectBrief known) {
      return new Findings(known, projectName, outputDir, plan, nodeCount, planning, review);
    }

    Findings with(ProjectName name, Path folder) {
      return new Findings(brief, name, folder, plan, nodeCount, planning, review);
    }

    Findings with(Plan known) {
      return new Findings(
          brief, projectName, outputDir, known, known.nodes().size(), planning, review);
    }

    Findings with(PlanningReport known) {
      return new Findings(brief, projectName, outputDir, plan, nodeCount, known, review);
    }

    Findings with(ReviewReport known) {
      return new Findings(brief, projectName, outputDir, plan, nodeCount, planning, known);
    }
  }

  record Times(Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {}
}

package dev.anton.planner.template;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.schemas.plan.Plan;
import java.util.List;

/** Plans projects of one kind in one stack. What it plans builds, and its tests pass. */
public interface ProjectTemplate {

  boolean fits(ProjectBrief brief);

  /**
   * The nodes of a plan for a brief that it {@link #fits}. The same brief gives the same nodes.
   *
   * @param projectName of the folder that the project will lie in
   */
  List<Plan.Node> nodes(ProjectBrief brief, String projectName);
}

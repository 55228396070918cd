package dev.anton.planner.planning;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading;
import dev.anton.schemas.plan.Plan;

/** A planner: first it reads the prompt, later, when there is a project, it plans. */
public interface PlanGenerator {

  /** Says what the prompt asks for, or why it asks for no software. */
  Reading read(String prompt);

  /**
   * Plans what was read. The plan is not reviewed yet.
   *
   * @param brief from {@link #read}, perhaps by another replica
   * @param projectName of the folder that the project will lie in
   * @throws NotOnOfferException if this planner cannot make such a project
   */
  Plan generate(ProjectBrief brief, String projectName) throws NotOnOfferException;
}

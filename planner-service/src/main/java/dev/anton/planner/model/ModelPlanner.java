package dev.anton.planner.model;

import java.util.function.BooleanSupplier;

/** Plans with a language model. There is none unless one is configured. */
public interface ModelPlanner {

  /**
   * Asks the model until there is a plan that can run, or a limit is reached.
   *
   * @param stillWanted asked now and then; once it says no, the call under way is given up
   * @throws NoModelPlanException if the model made no plan within the limits; its message says why
   * @throws PlanningAbandonedException if the plan is not wanted any more
   */
  ModelPlan plan(PlanningOrder order, BooleanSupplier stillWanted)
      throws NoModelPlanException, PlanningAbandonedException;
}

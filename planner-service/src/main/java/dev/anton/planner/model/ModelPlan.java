package dev.anton.planner.model;

import dev.anton.schemas.plan.Plan;

/**
 * A plan that the model made.
 *
 * @param plan passes the review, but is not mended yet
 */
public record ModelPlan(Plan plan, PlanningReport report) {}

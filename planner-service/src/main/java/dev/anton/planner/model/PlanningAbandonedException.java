package dev.anton.planner.model;

/** The plan is not wanted any more: the session has ended, or is somebody else's now. */
public final class PlanningAbandonedException extends Exception {

  private static final long serialVersionUID = 1L;

  PlanningAbandonedException() {
    super("The plan is not wanted any more", null, false, false);
  }
}

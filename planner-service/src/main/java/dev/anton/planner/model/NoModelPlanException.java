package dev.anton.planner.model;

/** The model made no plan; the message, a sentence for the client, says why. */
public final class NoModelPlanException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient PlanningReport report;

  NoModelPlanException(String message, PlanningReport report) {
    super(message, null, false, false);
    this.report = report;
  }

  /** What it took all the same. */
  public PlanningReport report() {
    return report;
  }
}

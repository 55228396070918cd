package dev.anton.planner.model;

/**
 * A call would take more than may be spent; the message, a sentence for the client, says of what.
 */
final class BudgetUsedUpException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String limit;

  /**
   * @param limit as metrics name it
   */
  BudgetUsedUpException(String limit, String message) {
    super(message, null, false, false);
    this.limit = limit;
  }

  String limit() {
    return limit;
  }
}

package dev.anton.planner.session;

/** A step cannot succeed; the message is for the client. */
final class StepFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  StepFailedException(String message) {
    super(message, null, false, false);
  }
}

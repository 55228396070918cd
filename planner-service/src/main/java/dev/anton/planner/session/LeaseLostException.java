package dev.anton.planner.session;

/** Another replica has the session now, or it has ended: the worker stops. */
final class LeaseLostException extends Exception {

  private static final long serialVersionUID = 1L;

  LeaseLostException() {
    super("The session was taken over or has ended", null, false, false);
  }
}

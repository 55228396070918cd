package dev.anton.executor.runner.builtin;

/** A node's inputs ask for something that is not to be had; another attempt cannot succeed. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  RefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** One sentence for people. */
  String reason() {
    return reason;
  }
}

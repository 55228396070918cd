package dev.anton.executor.condition;

/** A condition says neither yes nor no; the message says why. */
public final class ConditionFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  ConditionFailedException(String message) {
    super(message, null, false, false);
  }
}

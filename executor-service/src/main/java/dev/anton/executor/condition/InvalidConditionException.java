package dev.anton.executor.condition;

/** A condition cannot be accepted; the message says where and what would be. */
public final class InvalidConditionException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidConditionException(String message) {
    super(message);
  }
}

package dev.anton.executor.reference;

/** An input cannot be filled in; the message says which and why. */
public final class UnresolvedReferenceException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnresolvedReferenceException(String message) {
    super(message, null, false, false);
  }
}

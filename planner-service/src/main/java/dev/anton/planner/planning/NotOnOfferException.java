package dev.anton.planner.planning;

/** The planner cannot make what the prompt asks for; the message says what it can make. */
public final class NotOnOfferException extends Exception {

  private static final long serialVersionUID = 1L;

  public NotOnOfferException(String message) {
    super(message);
  }
}

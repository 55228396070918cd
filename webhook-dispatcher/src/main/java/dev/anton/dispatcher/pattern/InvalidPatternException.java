package dev.anton.dispatcher.pattern;

/** A regular expression cannot be accepted; the message says what would be. */
public final class InvalidPatternException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidPatternException(String message) {
    super(message);
  }
}

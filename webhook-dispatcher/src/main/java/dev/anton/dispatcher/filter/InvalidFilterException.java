package dev.anton.dispatcher.filter;

/** A filter cannot be accepted; the message says where and what would be. */
public final class InvalidFilterException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidFilterException(String message) {
    super(message);
  }
}

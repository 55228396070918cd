package dev.anton.outbox;

/** Kafka did not take a record that it may take another time. */
final class RelayFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RelayFailedException(Exception cause) {
    super(cause.toString(), cause);
  }
}

package dev.anton.schemas.kafka;

/** A record that cannot be read as an event; the message says why and holds none of its content. */
public final class UndecodableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  public UndecodableEventException(String reason) {
    super(reason);
  }
}

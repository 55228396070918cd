package dev.anton.outbox;

/** A record's value is larger than the outbox takes. */
public final class RecordTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RecordTooLargeException(int bytes) {
    super("The record has " + bytes + " bytes; at most " + Outbox.MAX_VALUE_BYTES + " can be sent");
  }
}

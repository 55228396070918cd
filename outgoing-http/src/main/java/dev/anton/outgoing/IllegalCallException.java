package dev.anton.outgoing;

/** A call's description cannot be accepted; its message is one sentence for people. */
public final class IllegalCallException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  IllegalCallException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** One sentence for people, without secrets. */
  public String reason() {
    return reason;
  }
}

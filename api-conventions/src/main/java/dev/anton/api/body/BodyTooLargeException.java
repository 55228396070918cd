package dev.anton.api.body;

import java.io.IOException;

/** A request body went over the limit while it was read. It becomes a 413 problem. */
public final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long limit;

  BodyTooLargeException(long limit) {
    super("Body over " + limit + " bytes");
    this.limit = limit;
  }

  /** The most bytes that would have been accepted. */
  public long limit() {
    return limit;
  }
}

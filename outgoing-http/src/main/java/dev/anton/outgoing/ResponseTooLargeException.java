package dev.anton.outgoing;

import java.io.IOException;

/** An answer's body is longer than its request allowed; asking again would end the same way. */
public final class ResponseTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  ResponseTooLargeException(int maxBytes) {
    super("The answer has more than " + maxBytes + " bytes");
  }
}

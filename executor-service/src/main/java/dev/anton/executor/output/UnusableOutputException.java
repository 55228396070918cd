package dev.anton.executor.output;

import org.jspecify.annotations.Nullable;

/** An output will never be read; the message continues a sentence that begins with the output. */
public final class UnusableOutputException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableOutputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

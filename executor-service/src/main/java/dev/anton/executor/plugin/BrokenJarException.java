package dev.anton.executor.plugin;

import org.jspecify.annotations.Nullable;

/** A jar cannot be used; the message continues a sentence that begins with its name. */
final class BrokenJarException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  BrokenJarException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}

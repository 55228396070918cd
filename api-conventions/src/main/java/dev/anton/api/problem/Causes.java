package dev.anton.api.problem;

import org.jspecify.annotations.Nullable;

/** Looks into an exception's causes. */
public final class Causes {

  /** No honest chain is longer, and a cyclic one ends. */
  private static final int MAX_DEPTH = 32;

  private Causes() {}

  /** The outermost of the exception and its causes that has the type, null if none has. */
  public static <T> @Nullable T find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
      cause = cause.getCause();
    }
    return null;
  }
}

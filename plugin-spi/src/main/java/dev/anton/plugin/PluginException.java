package dev.anton.plugin;

/**
 * A run failed for a reason that the client is meant to read: the message goes into the job's
 * {@code error} and out through its webhook, so it holds no secret.
 */
public final class PluginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private PluginException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  private PluginException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** Trying again would end the same way: the input cannot be worked on. */
  public static PluginException permanent(String message) {
    return new PluginException(message, false);
  }

  /** As {@link #permanent(String)}, with the cause for the log. */
  public static PluginException permanent(String message, Throwable cause) {
    return new PluginException(message, false, cause);
  }

  /** Something outside was away; the job's retries apply. */
  public static PluginException retryable(String message) {
    return new PluginException(message, true);
  }

  /** As {@link #retryable(String)}, with the cause for the log. */
  public static PluginException retryable(String message, Throwable cause) {
    return new PluginException(message, true, cause);
  }

  /** Whether the job's retries apply. */
  public boolean isRetryable() {
    return retryable;
  }
}

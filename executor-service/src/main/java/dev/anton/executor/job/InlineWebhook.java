package dev.anton.executor.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The webhook a client sends along with a job. It is handed to the dispatcher and kept nowhere
 * here: its address and headers may hold credentials.
 *
 * @param on which of {@link #EVENTS}; null means all
 * @param retries how often a failed delivery is tried again
 */
record InlineWebhook(
    String url, Map<String, String> headers, @Nullable List<String> on, int retries) {

  static final List<String> EVENTS = List.of("started", "progress", "completed", "failed");

  static final int DEFAULT_RETRIES = 3;

  /** After 2 s, 4 s, 8 s …: the tenth comes after 17 minutes, when nobody waits any more. */
  static final int MAX_RETRIES = 10;

  InlineWebhook {
    headers = Map.copyOf(headers);
    on = on == null ? null : List.copyOf(on);
  }

  @Override
  public String toString() {
    return "InlineWebhook[on=" + on + ", retries=" + retries + "]";
  }
}

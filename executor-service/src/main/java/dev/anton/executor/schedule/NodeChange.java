package dev.anton.executor.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node's move from one state and attempt to another; it holds only if the node is where it starts
 * from.
 *
 * @param finishedAt set when the last attempt has ended
 */
public record NodeChange(
    String nodeId,
    NodeProgress from,
    NodeProgress to,
    @Nullable Instant finishedAt,
    Ending ending) {

  /** What the last attempt left behind. */
  public record Ending(@Nullable JsonNode output, @Nullable String error) {

    static final Ending NONE = new Ending(null, null);
  }
}

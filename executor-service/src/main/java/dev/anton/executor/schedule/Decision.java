package dev.anton.executor.schedule;

import dev.anton.schemas.event.EventData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a turn. State, nodes and events are committed together; only then the launches
 * and stops are carried out.
 *
 * @param nodes at most one change per node
 * @param events in the order in which they happened
 * @param launches nodes whose next attempt begins
 * @param stops nodes whose attempt is to end; may be told again
 * @param rest what to wait for when the launched have been launched
 */
public record Decision(
    ExecutionProgress execution,
    List<NodeChange> nodes,
    List<EventData> events,
    List<Launch> launches,
    List<String> stops,
    Rest rest) {

  /** An attempt that begins. */
  public record Launch(String nodeId, int attempt) {}

  /**
   * @param idle nothing runs or can start: nobody needs to hold the execution
   * @param until when a node is due; null if none is
   */
  public record Rest(boolean idle, @Nullable Instant until) {}

  public Decision {
    nodes = List.copyOf(nodes);
    events = List.copyOf(events);
    launches = List.copyOf(launches);
    stops = List.copyOf(stops);
  }

  /** Whether the execution is not worked on any more for now, or for good. */
  public boolean letsGo() {
    return rest.idle() || execution.status().isFinal();
  }
}

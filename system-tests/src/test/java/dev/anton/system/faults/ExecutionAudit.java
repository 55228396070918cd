package dev.anton.system.faults;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the lifecycle topic says of executions, read as it lies there. An event that the relay sent
 * twice has the same id twice: it is counted as repeated, and then passed over.
 */
final class ExecutionAudit {

  private static final Set<String> TERMINAL =
      Set.of(
          "execution.completed",
          "execution.failed",
          "execution.cancelled",
          "plan.completed",
          "plan.failed",
          "plan.cancelled");
  private static final String INTERRUPTED = "The executor that ran the node went away";

  /** Of an execution, or of the planning of a session, by its id. */
  private final Map<String, List<EventRecord>> byWork = new LinkedHashMap<>();

  private final Map<String, Long> lastSequences = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> flaws = new ArrayList<>();
  private int repeated;
  private int wrongOrder;

  /** Takes in the topic's records, in the order of each partition. */
  ExecutionAudit(List<ConsumerRecord<String, byte[]>> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        take(CloudEventHeaders.fromRecord(record));
      } catch (UndecodableEventException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void take(EventRecord event) {
    if (!ids.add(event.id())) {
      repeated++;
      return;
    }
    long before = lastSequences.getOrDefault(event.key(), 0L);
    if (event.sequence() != before + 1) {
      wrongOrder++;
      flaws.add(event.key() + ": " + event.sequence() + " " + event.type() + " after " + before);
    }
    lastSequences.put(event.key(), event.sequence());
    if (event.subject().startsWith("exe_")) {
      byWork.computeIfAbsent(event.subject(), _ -> new ArrayList<>()).add(event);
    } else if (event.type().startsWith("plan.")) {
      byWork.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event);
    }
  }

  /** All executions and sessions that it has seen. */
  Set<String> work() {
    return Set.copyOf(byWork.keySet());
  }

  /** Records with an event that had been there before. */
  int repeated() {
    return repeated;
  }

  boolean hasEnded(String work) {
    return byWork.getOrDefault(work, List.of()).stream()
        .anyMatch(event -> TERMINAL.contains(event.type()));
  }

  /**
   * What was found of these executions and sessions.
   *
   * @param repeatedBefore events that were repeated before the fault
   */
  ExecutionFaultReport report(
      String fault,
      Set<String> work,
      int repeatedBefore,
      Map<String, Instant> cancelled,
      double seconds,
      long left) {
    Map<String, Integer> ends = new HashMap<>();
    int interrupted = 0;
    int twice = 0;
    int notOnce = 0;
    int after = 0;
    for (String id : work) {
      List<EventRecord> events = byWork.getOrDefault(id, List.of());
      long terminal = events.stream().filter(e -> TERMINAL.contains(e.type())).count();
      boolean framed =
          terminal == 1
              && events
                  .getFirst()
                  .type()
                  .equals(isSession(id) ? "plan.started" : "execution.started")
              && TERMINAL.contains(events.getLast().type());
      if (!framed) {
        notOnce++;
        flaws.add(id + ": " + events.stream().map(EventRecord::type).toList());
      } else {
        ends.merge(events.getLast().type(), 1, Integer::sum);
      }
      Set<String> completed = new HashSet<>();
      Instant cancelledAt = cancelled.getOrDefault(id, Instant.MAX);
      for (EventRecord event : events) {
        switch (event.type()) {
          case "node.completed" -> twice += completed.add(node(event)) ? 0 : 1;
          case "node.failed" -> interrupted += field(event, "error").equals(INTERRUPTED) ? 1 : 0;
          case "node.started" -> after += event.time().isAfter(cancelledAt) ? 1 : 0;
          default -> {
            // Has nothing to do with attempts.
          }
        }
      }
    }
    return new ExecutionFaultReport(
        fault,
        (int) work.stream().filter(id -> !isSession(id)).count(),
        ends.getOrDefault("execution.completed", 0),
        ends.getOrDefault("execution.cancelled", 0),
        ends.getOrDefault("plan.completed", 0),
        ends.getOrDefault("execution.failed", 0)
            + ends.getOrDefault("plan.failed", 0)
            + ends.getOrDefault("plan.cancelled", 0),
        interrupted,
        repeated - repeatedBefore,
        twice,
        wrongOrder,
        after,
        notOnce,
        left,
        seconds,
        flaws.stream().limit(20).toList());
  }

  private static boolean isSession(String id) {
    return id.startsWith("ses_");
  }

  private static String node(EventRecord event) {
    return field(event, "nodeId");
  }

  private static String field(EventRecord event, String name) {
    return WireJson.mapper().readTree(event.data()).path(name).asString("");
  }
}

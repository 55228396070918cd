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
      Set.of("execution.completed", "execution.failed", "execution.cancelled");
  private static final String INTERRUPTED = "The executor that ran the node went away";

  private final Map<String, List<EventRecord>> byExecution = new LinkedHashMap<>();
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
      byExecution.computeIfAbsent(event.subject(), _ -> new ArrayList<>()).add(event);
    }
  }

  /** All executions that it has seen. */
  Set<String> executions() {
    return Set.copyOf(byExecution.keySet());
  }

  boolean hasEnded(String execution) {
    return byExecution.getOrDefault(execution, List.of()).stream()
        .anyMatch(event -> TERMINAL.contains(event.type()));
  }

  /** What was found of these executions. */
  ExecutionFaultReport report(
      String fault,
      Set<String> executions,
      Map<String, Instant> cancelled,
      double seconds,
      long left) {
    Map<String, Integer> ends = new HashMap<>();
    int interrupted = 0;
    int twice = 0;
    int notOnce = 0;
    int after = 0;
    for (String id : executions) {
      List<EventRecord> events = byExecution.getOrDefault(id, List.of());
      long terminal = events.stream().filter(e -> TERMINAL.contains(e.type())).count();
      boolean framed =
          terminal == 1
              && events.getFirst().type().equals("execution.started")
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
        executions.size(),
        ends.getOrDefault("execution.completed", 0),
        ends.getOrDefault("execution.cancelled", 0),
        ends.getOrDefault("execution.failed", 0),
        interrupted,
        repeated,
        twice,
        wrongOrder,
        after,
        notOnce,
        left,
        seconds,
        flaws.stream().limit(20).toList());
  }

  private static String node(EventRecord event) {
    return field(event, "nodeId");
  }

  private static String field(EventRecord event, String name) {
    return WireJson.mapper().readTree(event.data()).path(name).asString("");
  }
}

package dev.anton.stack.demo;

import dev.anton.stack.process.StartException;
import dev.anton.stack.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the project lies, and what ran in it. */
final class Outcome {

  private static final int LOG_LINES = 6;

  private final Gateway gateway;
  private final Terminal terminal;

  Outcome(Gateway gateway, Terminal terminal) {
    this.gateway = gateway;
    this.terminal = terminal;
  }

  /** Empty if there is no project, or nothing verifies it. */
  Optional<Project> print(String sessionId, @Nullable String executionId)
      throws InterruptedException {
    JsonNode plan = gateway.get("/api/plans/" + sessionId);
    terminal.line("");
    first(plan, "outputDir")
        .ifPresent(folder -> terminal.line("  The project lies in " + terminal.strong(folder)));
    first(plan, "error").ifPresent(error -> terminal.line("  " + terminal.bad(error)));
    if (executionId != null) {
      for (JsonNode node : gateway.get("/api/executions/" + executionId).path("nodes")) {
        print(executionId, node);
      }
    }
    Optional<List<String>> command = testCommand(plan.path("plan").path("nodes"));
    return first(plan, "outputDir")
        .flatMap(folder -> command.map(test -> new Project(folder, test)));
  }

  /** Of the last node that runs a command. */
  private static Optional<List<String>> testCommand(JsonNode nodes) {
    Optional<List<String>> found = Optional.empty();
    for (JsonNode node : nodes) {
      if (node.path("runner").asString("").equals("command")) {
        JsonNode command = node.path("inputs").path("command");
        found = Optional.of(command.valueStream().map(word -> word.asString("")).toList());
      }
    }
    return found;
  }

  private void print(String executionId, JsonNode node) throws InterruptedException {
    String id = first(node, "nodeId", "id").orElse("?");
    String state = first(node, "state", "status").orElse("?");
    String mark = state.equals("completed") ? terminal.good("✓") : terminal.bad("✗");
    terminal.line(
        "  %s %-12s %s (%s)"
            .formatted(
                mark, state, first(node, "label").orElse(id), first(node, "type").orElse("")));
    if (!state.equals("completed") || first(node, "runner").orElse("").equals("command")) {
      log(executionId, id).forEach(line -> terminal.line("      " + terminal.faint(line)));
    }
  }

  private List<String> log(String executionId, String nodeId) throws InterruptedException {
    try {
      List<String> lines =
          gateway
              .getText("/api/executions/%s/nodes/%s/log".formatted(executionId, nodeId))
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (StartException e) {
      return List.of(); // a node that never ran has no log
    }
  }

  private static Optional<String> first(JsonNode node, String... fields) {
    return Stream.of(fields)
        .map(field -> node.path(field).asString(""))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}

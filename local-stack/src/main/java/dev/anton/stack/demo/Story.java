package dev.anton.stack.demo;

import dev.anton.stack.terminal.Terminal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tells each webhook in one line: latency, signature, event and what it is about. */
final class Story {

  private final Terminal terminal;
  private final String secret;
  private final Set<String> seen = new HashSet<>();
  private int told;
  private int wrong;

  Story(Terminal terminal, String secret) {
    this.terminal = terminal;
    this.secret = secret;
  }

  void heading(String text) {
    terminal.line("");
    terminal.line(terminal.strong(text));
  }

  /** One that must be signed. */
  void signed(Arrival arrival) {
    Signature signature = Signature.of(arrival, secret);
    if (signature != Signature.GOOD) {
      wrong++;
    }
    String mark =
        switch (signature) {
          case GOOD -> terminal.good("✓ signature");
          case WRONG -> terminal.bad("✗ signature");
          case ABSENT -> terminal.bad("✗ unsigned ");
        };
    tell(arrival, mark, detail(arrival));
  }

  /** One whose subscription has no secret. */
  void unsigned(Arrival arrival) {
    boolean asExpected = Signature.of(arrival, secret) == Signature.ABSENT;
    if (!asExpected) {
      wrong++;
    }
    tell(
        arrival,
        asExpected ? terminal.faint("  unsigned ") : terminal.bad("✗ signed?  "),
        playground(arrival.json()));
  }

  int told() {
    return told;
  }

  boolean allSignaturesRight() {
    return wrong == 0;
  }

  private void tell(Arrival arrival, String mark, String detail) {
    told++;
    String latency = arrival.latency().map(Story::millis).orElse("?");
    String again =
        arrival.header("webhook-id").map(seen::add).orElse(true)
            ? ""
            : terminal.faint(" (delivered again)");
    terminal.line("  %9s  %s  %-20s %s%s".formatted(latency, mark, arrival.event(), detail, again));
  }

  private static String millis(Duration latency) {
    return String.format(Locale.ROOT, "%,d ms", latency.toMillis());
  }

  private static String detail(Arrival arrival) {
    JsonNode data = arrival.data();
    return switch (arrival.event()) {
      case "plan.step" ->
          join(" ", text(data, "step"), text(data, "status"), text(data, "message"));
      case "plan.completed" ->
          "%s, %s nodes".formatted(text(data, "projectName"), text(data, "nodeCount"));
      case "plan.failed", "execution.failed" -> join(": ", text(data, "step"), text(data, "error"));
      case "execution.started" -> text(data, "nodeCount") + " nodes";
      case "execution.completed" ->
          "%s of %s nodes in %s"
              .formatted(text(data, "completedNodes"), text(data, "nodeCount"), seconds(data));
      case "node.started" -> label(data);
      case "node.completed" -> label(data) + " in " + seconds(data);
      case "node.failed" -> join(": ", label(data), text(data, "error"));
      default -> join(" ", label(data), text(data, "reason"), text(data, "message"));
    };
  }

  private static String playground(JsonNode body) {
    JsonNode progress = body.path("progress");
    return join(
        " ",
        text(body, "status"),
        text(body, "pluginName"),
        progress.isMissingNode() ? "" : text(progress, "status"),
        text(body, "error"),
        body.path("metrics").isObject() ? body.get("metrics").toString() : "",
        body.path("summary").isObject()
            ? "in " + text(body.get("summary"), "duration") + " ms"
            : "");
  }

  private static String label(JsonNode data) {
    String label = text(data, "label");
    return label.isEmpty() ? text(data, "nodeId") : label;
  }

  private static String seconds(JsonNode data) {
    return Terminal.seconds(data.path("durationMs").asLong(0));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static String join(String separator, String... parts) {
    return Arrays.stream(parts)
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(separator));
  }
}

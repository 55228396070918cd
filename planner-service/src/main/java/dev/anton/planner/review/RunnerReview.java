package dev.anton.planner.review;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** Looks at what each node hands to its runner, as the executor will. */
final class RunnerReview {

  static final int MAX_ATTEMPTS = 20;

  private static final Duration MAX_DURATION = Duration.ofHours(24);
  private static final String DURATION = "duration such as 500ms, 30s or 10m, of at most 24 hours";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Allowance allowance;
  private final List<Finding> findings = new ArrayList<>();

  private RunnerReview(Allowance allowance) {
    this.allowance = allowance;
  }

  static List<Finding> findings(Plan plan, Allowance allowance) {
    RunnerReview review = new RunnerReview(allowance);
    for (int n = 0; n < plan.nodes().size(); n++) {
      review.look(plan.nodes().get(n), "/nodes/" + n);
    }
    return review.findings;
  }

  private void look(Node node, String at) {
    if (!allowance.runners().contains(node.runner())) {
      add(
          "unknown-runner",
          at + "/runner",
          "Node %s asks for the runner %s; there are %s"
              .formatted(
                  Shown.of(node.id()), Shown.of(node.runner()), sorted(allowance.runners())));
    }
    if (!node.inputs().isObject()) {
      add("invalid-inputs", at + "/inputs", "The inputs of node %s are an object", node);
    } else {
      switch (node.runner()) {
        case "template" -> template(node, at + "/inputs");
        case "command" -> command(node, at + "/inputs");
        default -> {}
      }
    }
    if (!isDuration(node.timeout())) {
      add("invalid-duration", at + "/timeout", "The timeout of node %s is no " + DURATION, node);
    }
    Plan.Retry retry = node.retry();
    if (retry != null && (retry.maxAttempts() < 1 || retry.maxAttempts() > MAX_ATTEMPTS)) {
      add(
          "invalid-retry",
          at + "/retry/maxAttempts",
          "Node %s is tried from 1 to " + MAX_ATTEMPTS + " times",
          node);
    }
    if (retry != null && !isDuration(retry.initialDelay())) {
      add(
          "invalid-duration",
          at + "/retry/initialDelay",
          "The delay of node %s is no " + DURATION,
          node);
    }
  }

  private void template(Node node, String at) {
    JsonNode files = node.inputs().path("files");
    if (!files.isArray() || files.isEmpty()) {
      add("invalid-inputs", at + "/files", "Node %s has inputs.files, a list of files", node);
      return;
    }
    for (int f = 0; f < files.size(); f++) {
      JsonNode file = files.path(f);
      if (!file.path("path").isString() || !file.path("content").isString()) {
        add(
            "invalid-inputs",
            at + "/files/" + f,
            "Each of inputs.files of node %s has path and content, both texts",
            node);
      }
    }
  }

  private void command(Node node, String at) {
    JsonNode command = node.inputs().path("command");
    if (!command.isArray()
        || command.isEmpty()
        || !command.valueStream().allMatch(RunnerReview::isArgument)) {
      add(
          "invalid-inputs",
          at + "/command",
          "Node %s has inputs.command, a list of texts: a program and its arguments",
          node);
    } else if (!allowance.executables().contains(command.path(0).stringValue())) {
      add(
          "command-not-allowed",
          at + "/command/0",
          "Node %s starts %s, which is not allowed; allowed are %s"
              .formatted(
                  Shown.of(node.id()),
                  Shown.of(command.path(0).stringValue()),
                  sorted(allowance.executables())));
    } else {
      arguments(node, command, at);
    }
    workingDirectory(node, at);
    environment(node, at);
  }

  /** What a program makes of its arguments cannot be known, but a plain path can. */
  private void arguments(Node node, JsonNode command, String at) {
    for (int i = 1; i < command.size(); i++) {
      String argument = command.path(i).stringValue();
      if (Arrays.stream(argument.split("=", -1)).anyMatch(RunnerReview::leadsOut)) {
        add(
            "unsafe-path",
            at + "/command/" + i,
            "Node %s hands on %s, which leads out of the project"
                .formatted(Shown.of(node.id()), Shown.of(argument)));
      }
    }
  }

  private static boolean leadsOut(String text) {
    return text.startsWith("/")
        || text.startsWith("~")
        || Arrays.asList(text.split("[/\\\\]", -1)).contains("..");
  }

  private void workingDirectory(Node node, String at) {
    JsonNode folder = node.inputs().path("workingDirectory");
    if (folder.isMissingNode()) {
      return;
    }
    if (!folder.isString()) {
      add(
          "invalid-inputs",
          at + "/workingDirectory",
          "inputs.workingDirectory of node %s is a text",
          node);
    } else if (!folder.stringValue().equals(".")) {
      ProjectPath.problem(folder.stringValue())
          .ifPresent(
              problem ->
                  add(
                      "unsafe-path",
                      at + "/workingDirectory",
                      "Node %s works in %s, which is no place inside the project: it %s"
                          .formatted(
                              Shown.of(node.id()), Shown.of(folder.stringValue()), problem)));
    }
  }

  private void environment(Node node, String at) {
    JsonNode env = node.inputs().path("env");
    boolean fits =
        env.isMissingNode()
            || (env.isObject() && env.properties().stream().allMatch(RunnerReview::isVariable));
    if (!fits) {
      add(
          "invalid-inputs",
          at + "/env",
          "inputs.env of node %s has names of variables and texts, and neither PATH nor what the"
              + " linker reads",
          node);
    }
  }

  private static boolean isVariable(Map.Entry<String, JsonNode> entry) {
    String name = entry.getKey();
    return VARIABLE.matcher(name).matches()
        && !name.equals("PATH")
        && !name.startsWith("LD_")
        && !name.startsWith("DYLD_")
        && isArgument(entry.getValue());
  }

  private static boolean isArgument(JsonNode value) {
    return value.isString() && value.stringValue().indexOf('\0') < 0;
  }

  private static boolean isDuration(@Nullable String text) {
    if (text == null) {
      return true;
    }
    try {
      Duration duration = DurationStyle.detectAndParse(text);
      return !duration.isNegative() && duration.compareTo(MAX_DURATION) <= 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private void add(String code, String pointer, String detail, Node node) {
    add(code, pointer, detail.formatted(Shown.of(node.id())));
  }

  private void add(String code, String pointer, String detail) {
    findings.add(new Finding(code, pointer, detail));
  }
}

package dev.anton.planner.model;

import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.review.Allowance;
import dev.anton.planner.review.Finding;
import dev.anton.schemas.json.WireJson;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is said to the model; the words are in resources. */
final class ModelPrompts {

  /** A model that is told of a hundred faults mends none of them well. */
  private static final int MAX_PROBLEMS = 20;

  private final PromptText system = new PromptText("system.md");
  private final PromptText order = new PromptText("order.md");
  private final PromptText correction = new PromptText("correction.md");
  private final PromptText shorter = new PromptText("shorter.md");
  private final Allowance allowance;

  ModelPrompts(Allowance allowance) {
    this.allowance = allowance;
  }

  /** The rules, which are the same for every prompt. */
  String system() {
    return system.render(
        Map.of(
            "template", allowance.runners().contains("template"),
            "command", allowance.runners().contains("command"),
            "git", allowance.runners().contains("git"),
            "noop", allowance.runners().contains("noop"),
            "llm", allowance.runners().contains("llm"),
            "executables", String.join(", ", new TreeSet<>(allowance.executables()))));
  }

  /**
   * The order. The client's words are a JSON string: whatever they hold, they cannot end before
   * their end.
   */
  String order(PlanningOrder order) {
    ProjectBrief brief = order.brief();
    return this.order.render(
        Map.of(
            "prompt", WireJson.mapper().writeValueAsString(order.prompt()),
            "projectName", order.projectName(),
            "summary", WireJson.mapper().writeValueAsString(brief.summary()),
            "features",
                brief.features().stream()
                    .sorted()
                    .map(Feature::label)
                    .collect(Collectors.joining(", ", "", ".")),
            "tests", brief.has(Feature.TESTS)));
  }

  /** What is wrong with an answer. */
  String correction(List<Finding> problems) {
    List<String> lines =
        problems.stream()
            .limit(MAX_PROBLEMS)
            .map(
                problem ->
                    "%s %s: %s".formatted(problem.code(), problem.pointer(), problem.detail()))
            .toList();
    return correction.render(Map.of("problems", lines));
  }

  /** For an answer that came to the limit of tokens. */
  String shorter() {
    return shorter.render(Map.of());
  }
}

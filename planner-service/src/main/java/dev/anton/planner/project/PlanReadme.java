package dev.anton.planner.project;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;

/** What people read about a project and its plan, in Markdown. */
final class PlanReadme {

  private PlanReadme() {}

  /** Until the project has a README of its own. */
  static String ofProject(String name, String prompt) {
    return """
    # %s

    Planned by Anton from this prompt:

    %s

    The plan is in [.anton/plan](.anton/plan/README.md).
    """
        .formatted(name, prompt.strip().indent(4).stripTrailing());
  }

  /** The nodes as a Mermaid graph and one by one. Whatever the plan says stays text. */
  static String ofPlan(Plan plan) {
    StringBuilder text = new StringBuilder();
    text.append("# Plan of %s\n\n".formatted(MarkdownText.of(plan.projectName())));
    text.append("%s.\n\n".formatted(MarkdownText.of(plan.description().replaceAll("\\.+$", ""))));
    text.append("```mermaid\n").append(MermaidGraph.of(plan)).append("```\n\n");
    text.append("| node | type | runner | what is done |\n|---|---|---|---|\n");
    for (Node node : plan.nodes()) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  MarkdownText.of(node.id()),
                  MarkdownText.of(node.type()),
                  MarkdownText.of(node.runner()),
                  MarkdownText.of(node.instructions())));
    }
    return text.toString();
  }
}

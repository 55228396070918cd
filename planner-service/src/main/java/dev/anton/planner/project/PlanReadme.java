package dev.anton.planner.project;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.util.HashMap;
import java.util.Map;

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

  /** The nodes as a Mermaid graph and one by one. */
  static String ofPlan(Plan plan) {
    StringBuilder text = new StringBuilder("# Plan of ").append(plan.projectName()).append("\n\n");
    text.append(plan.description()).append(".\n\n```mermaid\nflowchart TD\n");
    // Mermaid's own words, such as end, are no names of nodes there.
    Map<String, String> names = new HashMap<>();
    for (Node node : plan.nodes()) {
      String name = "n" + names.size();
      names.put(node.id(), name);
      text.append("  %s[\"%s\"]\n".formatted(name, quoted(node.label())));
    }
    for (Node node : plan.nodes()) {
      for (String dependency : node.dependencies()) {
        text.append("  %s --> %s\n".formatted(names.get(dependency), names.get(node.id())));
      }
    }
    text.append("```\n\n| node | type | runner | what is done |\n|---|---|---|---|\n");
    for (Node node : plan.nodes()) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  node.id(), cell(node.type()), cell(node.runner()), cell(node.instructions())));
    }
    return text.toString();
  }

  private static String quoted(String label) {
    return label.replace("\"", "#quot;").replaceAll("\\R", " ");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\R", " ");
  }
}

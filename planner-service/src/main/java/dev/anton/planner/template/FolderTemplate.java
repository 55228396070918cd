package dev.anton.planner.template;

import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import dev.anton.planner.template.Blueprint.Step;
import dev.anton.planner.template.NodeWriter.Commands;
import dev.anton.schemas.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A template that is a folder: {@code plan.yaml} tells the steps, the Mustache files beside it are
 * what they write. What a folder lacks comes from its stack's {@code shared} folder, then from the
 * one of all stacks.
 */
final class FolderTemplate implements ProjectTemplate {

  private final ProjectKind kind;
  private final StackFolder stack;
  private final Rendering rendering;
  private final Blueprint blueprint;
  private final Blueprint stackBlueprint;
  private final List<Step> steps;
  private final TakenNames taken;

  FolderTemplate(ProjectKind kind, StackFolder stack) {
    this.kind = kind;
    this.stack = stack;
    String shared = stack.folder() + "/shared";
    this.rendering =
        new Rendering(List.of(stack.folder() + "/" + kindFolder(kind), shared, "shared"));
    this.blueprint = Blueprint.parse(rendering.read("plan.yaml"));
    this.stackBlueprint = Blueprint.parse(rendering.read("stack.yaml"));
    this.steps =
        Stream.of(blueprint, Blueprint.parse(rendering.read("ending.yaml")))
            .flatMap(part -> part.steps().stream())
            .toList();
    this.taken = TakenNames.of(stack.dialect(), rendering, steps);
  }

  ProjectKind kind() {
    return kind;
  }

  Language language() {
    return stack.language();
  }

  @Override
  public boolean fits(ProjectBrief brief) {
    return brief.kind() == kind
        && brief.stack().language() == stack.language()
        && brief.stack().technologies().isEmpty();
  }

  @Override
  public List<Plan.Node> nodes(ProjectBrief brief, String projectName) {
    Map<String, Object> view = ProjectView.of(brief, projectName, stack.dialect(), taken);
    List<String> check = blueprint.check().isEmpty() ? stackBlueprint.check() : blueprint.check();
    view.put("checkCommand", rendering.inline(String.join(" ", check), view));
    Commands commands =
        new Commands(
            blueprint.test().isEmpty() ? stackBlueprint.test() : blueprint.test(),
            check,
            Objects.requireNonNull(stackBlueprint.testTimeout()),
            Objects.requireNonNull(blueprint.core()));
    return new NodeWriter(rendering, view, commands).nodes(steps);
  }

  private static String kindFolder(ProjectKind kind) {
    return switch (kind) {
      case REST_API -> "rest-api";
      case COMMAND_LINE_TOOL -> "command-line";
      case LIBRARY -> "library";
      case STATIC_SITE -> "static-site";
      case DATA_PIPELINE -> "data-pipeline";
      default -> throw new IllegalArgumentException("No template for " + kind.label());
    };
  }
}

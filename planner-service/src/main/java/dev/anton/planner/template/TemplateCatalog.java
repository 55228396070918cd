package dev.anton.planner.template;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Every template that is on offer: each kind in each stack. */
@Component
public final class TemplateCatalog {

  /** In the order in which they are offered. */
  public static final List<ProjectKind> KINDS =
      List.of(
          ProjectKind.REST_API,
          ProjectKind.COMMAND_LINE_TOOL,
          ProjectKind.LIBRARY,
          ProjectKind.STATIC_SITE,
          ProjectKind.DATA_PIPELINE);

  private final List<ProjectTemplate> templates;

  /**
   * @throws IllegalStateException if a template's folder is not complete
   */
  public TemplateCatalog() {
    List<ProjectTemplate> found = new ArrayList<>();
    for (ProjectKind kind : KINDS) {
      for (StackFolder stack : StackFolder.values()) {
        found.add(new FolderTemplate(kind, stack));
      }
    }
    templates = List.copyOf(found);
  }

  public List<ProjectTemplate> templates() {
    return templates;
  }

  /** What can be asked for, in words. */
  public String offer() {
    String kinds = anyOf(KINDS.stream().map(ProjectKind::label).toList());
    String stacks =
        anyOf(Arrays.stream(StackFolder.values()).map(stack -> stack.language().label()).toList());
    return "%s, each in %s, without frameworks".formatted(kinds, stacks);
  }

  private static String anyOf(List<String> names) {
    return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
  }

  /** The template for a brief; empty if none is on offer. */
  public Optional<ProjectTemplate> forBrief(ProjectBrief brief) {
    return templates.stream().filter(template -> template.fits(brief)).findFirst();
  }
}

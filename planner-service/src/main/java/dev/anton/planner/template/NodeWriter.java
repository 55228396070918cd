package dev.anton.planner.template;

import dev.anton.planner.review.Reduction;
import dev.anton.planner.template.Blueprint.Step;
import dev.anton.schemas.plan.Plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Turns the steps of a blueprint into the nodes of one project's plan. */
final class NodeWriter {

  /**
   * What the steps that all templates share stand for.
   *
   * @param core id of the step with which the software can be used
   */
  record Commands(List<String> test, List<String> check, String timeout, String core) {}

  private final Rendering rendering;
  private final Map<String, Object> view;
  private final Commands commands;

  NodeWriter(Rendering rendering, Map<String, Object> view, Commands commands) {
    this.rendering = rendering;
    this.view = view;
    this.commands = commands;
  }

  /** No node waits for another twice, directly and through a third. */
  List<Node> nodes(List<Step> steps) {
    List<Node> nodes = new ArrayList<>();
    Set<String> leftOut = new HashSet<>();
    for (Step step : steps) {
      if (!applies(step)) {
        leftOut.add(step.id());
      } else if (step.each() == null) {
        nodes.add(node(step, view, nodes, leftOut));
      } else {
        for (Map<String, Object> entity : entities()) {
          Map<String, Object> entityView = new HashMap<>(view);
          entityView.put("entity", entity);
          entityView.putAll(entity);
          nodes.add(node(step, entityView, nodes, leftOut));
        }
      }
    }
    return Reduction.of(nodes);
  }

  private boolean applies(Step step) {
    String condition = step.condition();
    if (condition == null) {
      return true;
    }
    boolean negated = condition.startsWith("!");
    String name = negated ? condition.substring(1) : condition;
    Object value = view.get(name.equals("relations") ? "hasRelations" : name);
    if (!(value instanceof Boolean holds)) {
      throw new IllegalStateException("The condition of step %s is none".formatted(step.id()));
    }
    return holds != negated;
  }

  private Node node(Step step, Map<String, Object> view, List<Node> before, Set<String> leftOut) {
    NodeDraft draft =
        NodeDraft.of(
                text(step.id(), view),
                step.type(),
                text(step.label(), view),
                text(step.instructions(), view))
            .after(dependencies(step, view, before, leftOut));
    step.acceptance().forEach(sentence -> draft.holds(text(sentence, view)));
    if (step.within() != null) {
      draft.within(step.within().equals("@timeout") ? commands.timeout() : step.within());
    }
    if (step.commit() != null) {
      return draft.commits(text(step.commit(), view));
    }
    if (!step.run().isEmpty()) {
      return draft.runs(command(step.run()));
    }
    return draft.writes(files(step, view));
  }

  private List<FileContent> files(Step step, Map<String, Object> view) {
    List<FileContent> files = new ArrayList<>();
    step.files()
        .forEach(
            (path, template) ->
                files.add(
                    new FileContent(
                        text(path, view), rendering.render(text(template, view), view))));
    return files;
  }

  private String[] command(List<String> run) {
    List<String> command =
        switch (run.getFirst()) {
          case "@test" -> commands.test();
          case "@check" -> commands.check();
          default -> run;
        };
    return command.stream().map(argument -> text(argument, view)).toArray(String[]::new);
  }

  private Set<String> dependencies(
      Step step, Map<String, Object> view, List<Node> before, Set<String> leftOut) {
    Set<String> found = new LinkedHashSet<>();
    for (String wanted : step.after()) {
      String id = wanted.equals("@core") ? commands.core() : text(wanted, view);
      List<String> matching =
          before.stream().filter(node -> matches(id, node)).map(Node::id).toList();
      if (matching.isEmpty() && !leftOut.contains(id) && !id.contains(":") && !id.endsWith("*")) {
        throw new IllegalStateException("Step %s comes after no step".formatted(step.id()));
      }
      found.addAll(matching);
    }
    return found;
  }

  private static boolean matches(String wanted, Node node) {
    if (wanted.startsWith("type:")) {
      return node.type().equals(wanted.substring("type:".length()));
    }
    return wanted.endsWith("*")
        ? node.id().startsWith(wanted.substring(0, wanted.length() - 1))
        : node.id().equals(wanted);
  }

  private String text(String text, Map<String, Object> view) {
    return rendering.inline(text, view);
  }

  @SuppressWarnings("unchecked") // ProjectView puts it there
  private List<Map<String, Object>> entities() {
    return (List<Map<String, Object>>) Objects.requireNonNull(view.get("entities"));
  }
}

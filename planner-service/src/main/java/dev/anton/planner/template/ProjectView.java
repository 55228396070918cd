package dev.anton.planner.template;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a brief looks like to the templates of every kind and stack. */
final class ProjectView {

  private ProjectView() {}

  static Map<String, Object> of(
      ProjectBrief brief, String projectName, Dialect dialect, TakenNames taken) {
    EntityView entityView = new EntityView(dialect, taken);
    List<Map<String, Object>> entities =
        brief.entities().stream().map(entity -> entityView.of(entity, brief.entities())).toList();
    Map<String, Object> view = new HashMap<>();
    view.put("projectName", projectName);
    view.put("title", title(brief));
    view.put("subject", EntityView.capitalized(brief.subject()));
    view.put("signatures", signatures(brief));
    view.put("entities", entities);
    view.put("first", entities.getFirst());
    view.put("relations", relations(brief, entityView, dialect));
    view.put("hasRelations", !relations(brief, entityView, dialect).isEmpty());
    // Workflows' own placeholders look like ours.
    view.put("matrix", "${{ matrix.version }}");
    for (Feature feature : Feature.values()) {
      view.put(
          feature.name().toLowerCase(Locale.ROOT),
          brief.has(feature) && NotApplicable.reason(brief.kind(), feature).isEmpty());
    }
    view.put("mainClass", brief.kind() != ProjectKind.LIBRARY);
    view.put(
        "fileStore", brief.has(Feature.STORAGE) || brief.kind() == ProjectKind.COMMAND_LINE_TOOL);
    view.put(
        "needEntities",
        brief.has(Feature.STORAGE) || !relations(brief, entityView, dialect).isEmpty());
    List<String> left = NotApplicable.sentences(brief);
    view.put("notApplicable", left);
    view.put("hasNotApplicable", !left.isEmpty());
    putPackages(view, projectName);
    putMarkupExample(view, brief);
    return view;
  }

  /** A field that can hold markup; false if no entity has a text. */
  private static void putMarkupExample(Map<String, Object> view, ProjectBrief brief) {
    view.put("markupField", false);
    for (Entity entity : brief.entities().reversed()) {
      for (Field field : entity.fields().reversed()) {
        if (field.type() == FieldType.TEXT) {
          view.put("markupField", field.name());
          view.put("markupPath", entity.plural());
        }
      }
    }
  }

  static String title(ProjectBrief brief) {
    String label = brief.kind().label();
    String kind = label.substring(label.indexOf(' ') + 1);
    return EntityView.capitalized(brief.subject()) + " " + kind;
  }

  private static String signatures(ProjectBrief brief) {
    return String.join(", ", brief.entities().stream().map(Entity::signature).toList());
  }

  /** Whatever a project is called, its packages have names that no language keeps for itself. */
  private static void putPackages(Map<String, Object> view, String projectName) {
    String snake = projectName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    snake = snake.replaceAll("^_+|_+$", "");
    if (snake.isEmpty() || Character.isDigit(snake.charAt(0))) {
      snake = "project_" + snake;
    }
    // A name of one word may be one of the standard library, such as json.
    view.put("pythonPackage", snake.contains("_") ? snake : snake + "_project");
    view.put("npmName", snake.replace('_', '-'));
    String flat = snake.replace("_", "");
    String last = Dialect.JAVA.isReserved(flat) ? flat + "app" : flat;
    view.put("javaPackage", "com.example." + last);
    view.put("javaPath", "com/example/" + last);
  }

  /** Each reference with the entity that has it and the one that it refers to. */
  private static List<Map<String, Object>> relations(
      ProjectBrief brief, EntityView entityView, Dialect dialect) {
    List<Map<String, Object>> relations = new ArrayList<>();
    for (Entity entity : brief.entities()) {
      for (Field field : entity.fields()) {
        if (field.type() == FieldType.REFERENCE) {
          Entity target =
              brief.entities().stream()
                  .filter(other -> other.name().equals(field.target()))
                  .findFirst()
                  .orElseThrow();
          Map<String, Object> relation = new LinkedHashMap<>();
          relation.put("from", entityView.of(entity, brief.entities()));
          relation.put("field", field.name());
          relation.put("fieldOption", field.name().replace('_', '-'));
          relation.put("fieldAttribute", dialect.attribute(field.name()));
          relation.put("to", entityView.of(target, brief.entities()));
          relations.add(relation);
        }
      }
    }
    return relations;
  }
}

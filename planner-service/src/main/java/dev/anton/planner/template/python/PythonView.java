package dev.anton.planner.template.python;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.ProjectBrief;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the Python files are rendered from. */
final class PythonView {

  /** Constants that the rendered modules have anyway. */
  private static final Set<String> TAKEN = Set.of("MAX_TEXT", "MAX_INTEGER", "RESOURCES");

  private PythonView() {}

  static Map<String, Object> of(ProjectBrief brief, String projectName) {
    Map<String, Object> view = new HashMap<>();
    view.put("projectName", projectName);
    view.put("title", title(brief));
    view.put("entities", brief.entities().stream().map(PythonView::entity).toList());
    view.put("firstPath", brief.entities().getFirst().plural());
    // A workflow's own placeholder looks like one of ours.
    view.put("pythonVersion", "${{ matrix.python }}");
    for (Feature feature : Feature.values()) {
      view.put(feature.name().toLowerCase(Locale.ROOT), brief.has(feature));
    }
    return view;
  }

  static String title(ProjectBrief brief) {
    String subject = brief.subject();
    return subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1) + " REST API";
  }

  private static Map<String, Object> entity(Entity entity) {
    PythonSamples samples = new PythonSamples(entity);
    String constant = entity.snakeName().toUpperCase(Locale.ROOT);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", entity.name());
    view.put("snake", entity.snakeName());
    view.put("constant", TAKEN.contains(constant) ? constant + "_" : constant);
    view.put("path", entity.plural());
    view.put("fields", entity.fields().stream().map(PythonView::field).toList());
    view.put("firstField", entity.fields().getFirst().name());
    view.put("firstValuePython", samples.firstValuePython());
    view.put("requiredField", requiredField(entity.fields()));
    view.put("requiredPython", samples.requiredPython());
    view.put("samplePython", samples.python());
    view.put("sampleInnerPython", samples.pythonInner());
    view.put("sampleJson", samples.json());
    view.put("changePython", samples.changePython());
    view.put("otherPython", samples.otherPython());
    view.put("changeJson", samples.changeJson());
    view.put("changeQuery", samples.changeQuery());
    view.put("filterable", samples.isFilterable());
    return view;
  }

  private static Map<String, Object> field(Field field) {
    return Map.of(
        "name", field.name(),
        "kind", field.type().name().toLowerCase(Locale.ROOT),
        "required", field.required());
  }

  /** False, which leaves a section out, if no field is required. */
  private static Object requiredField(List<Field> fields) {
    return fields.stream()
        .filter(Field::required)
        .map(Field::name)
        .findFirst()
        .map(Object.class::cast)
        .orElse(false);
  }
}

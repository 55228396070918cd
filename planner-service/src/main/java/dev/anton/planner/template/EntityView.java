package dev.anton.planner.template;

import static dev.anton.planner.template.Samples.Variant;
import static java.util.stream.Collectors.joining;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an entity looks like to templates. */
final class EntityView {

  private final Dialect dialect;
  private final TakenNames taken;

  EntityView(Dialect dialect, TakenNames taken) {
    this.dialect = dialect;
    this.taken = taken;
  }

  /**
   * @param all the entities of the project, this one among them
   */
  Map<String, Object> of(Entity entity, List<Entity> all) {
    String snake = entity.snakeName();
    String file = taken.file(entity, all);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", entity.name());
    view.put("snake", snake);
    view.put("kebab", snake.replace('_', '-'));
    view.put("label", snake.replace('_', ' '));
    view.put("labels", entity.plural().replace('-', ' '));
    view.put("Labels", capitalized(entity.plural().replace('-', ' ')));
    view.put("path", entity.plural());
    view.put("plural", entity.plural().replace('-', '_'));
    view.put("pluralAttribute", pluralAttribute(entity));
    view.put("file", file);
    view.put("fileSnake", file.replace('-', '_'));
    view.put("constant", taken.constant(entity));
    view.put("type", taken.type(entity, all));
    view.put("module", dialect.attribute(snake));
    view.put("variable", dialect.attribute(snake));
    view.put("fields", entity.fields().stream().map(field -> field(field, all)).toList());
    view.put("usesDate", uses(entity, FieldType.DATE));
    view.put("usesDecimal", uses(entity, FieldType.DECIMAL));
    putReferences(view, entity, all);
    putExamples(view, entity);
    return view;
  }

  private void putExamples(Map<String, Object> view, Entity entity) {
    Samples samples = new Samples(entity);
    Field changed = samples.changed();
    Field first = entity.fields().getFirst();
    view.put("firstField", first.name());
    view.put("firstValue", dialect.literal(Samples.value(first, Variant.FIRST)));
    view.put("changedField", changed.name());
    view.put("changedAttribute", dialect.attribute(changed.name()));
    view.put("changedKind", kind(changed));
    view.put("changedValue", dialect.literal(Samples.value(changed, Variant.CHANGED)));
    view.put("firstChangedValue", dialect.literal(Samples.value(changed, Variant.FIRST)));
    view.put("otherValue", dialect.literal(Samples.value(changed, Variant.OTHER)));
    view.put("changedText", String.valueOf(Samples.value(changed, Variant.CHANGED)));
    view.put("otherText", String.valueOf(Samples.value(changed, Variant.OTHER)));
    // Lists have parameters of their own, which come before fields of that name.
    view.put("filterable", !changed.name().equals("limit") && !changed.name().equals("offset"));
    view.put("sample", dialect.map(samples.complete()));
    view.put("samplePairs", dialect.pairs(samples.complete()));
    view.put("required", dialect.map(samples.required()));
    view.put("change", dialect.map(samples.change()));
    view.put("other", dialect.map(samples.other()));
    view.put("sampleJson", json(samples.complete()));
    view.put("changeJson", json(samples.change()));
    view.put("content", content(entity));
    view.put("csv", csv(entity));
    view.put("changeArguments", changeArguments(changed));
    view.put("changeShell", changeArguments(changed).replace("\"", "").replace(",", ""));
    view.put("requiredField", requiredField(entity.fields()));
  }

  private String pluralAttribute(Entity entity) {
    return dialect.attribute(entity.plural().replace('-', '_'));
  }

  private Map<String, Object> field(Field field, List<Entity> all) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("fieldName", field.name());
    view.put("attribute", dialect.attribute(field.name()));
    view.put("option", option(field));
    view.put("fieldLabel", capitalized(field.name().replace('_', ' ')));
    view.put("kind", kind(field));
    view.put("kindConstant", field.type().name());
    view.put("isRequired", field.required());
    view.put("value", dialect.literal(Samples.value(field, Variant.FIRST)));
    view.put("changed", dialect.literal(Samples.value(field, Variant.CHANGED)));
    view.put("text", textOf(field));
    view.put("isReference", field.type() == FieldType.REFERENCE);
    view.put("isText", field.type() == FieldType.TEXT);
    view.put("isInteger", field.type() == FieldType.INTEGER);
    view.put("isDecimal", field.type() == FieldType.DECIMAL);
    view.put("isBoolean", field.type() == FieldType.BOOLEAN);
    view.put("isDate", field.type() == FieldType.DATE);
    view.put("target", field.target() == null ? false : snake(field.target()));
    all.stream()
        .filter(entity -> entity.name().equals(field.target()))
        .forEach(
            entity -> {
              view.put("targetPath", entity.plural());
              view.put("targetType", taken.type(entity, all));
              view.put("targetAttribute", pluralAttribute(entity));
            });
    return view;
  }

  private static String option(Field field) {
    return field.name().equals("help") ? "help-text" : field.name().replace('_', '-');
  }

  /** Arguments of a command line, quoted and separated by commas. */
  private static String changeArguments(Field field) {
    return field.type() == FieldType.BOOLEAN
        ? "\"--%s\"".formatted(option(field))
        : "\"--%s\", \"%s\"".formatted(option(field), Samples.value(field, Variant.CHANGED));
  }

  private static String textOf(Field field) {
    Object value = Samples.value(field, Variant.FIRST);
    return value == null ? "" : value.toString();
  }

  private void putReferences(Map<String, Object> view, Entity entity, List<Entity> all) {
    List<Map<String, Object>> references =
        entity.fields().stream()
            .filter(field -> field.type() == FieldType.REFERENCE)
            .map(field -> field(field, all))
            .toList();
    view.put("references", references);
    view.put("hasReferences", !references.isEmpty());
    List<Map<String, Object>> referring = new ArrayList<>();
    for (Entity other : all) {
      for (Field field : other.fields()) {
        if (entity.name().equals(field.target())) {
          Map<String, Object> from = new LinkedHashMap<>();
          from.put("from", other.snakeName());
          from.put("fromPath", other.plural());
          from.put("fromType", taken.type(other, all));
          from.put("fromAttribute", pluralAttribute(other));
          from.put("fieldName", field.name());
          from.put("fieldAttribute", dialect.attribute(field.name()));
          referring.add(from);
        }
      }
    }
    view.put("referring", referring);
    view.put("isTarget", !referring.isEmpty());
    view.put("linked", !referring.isEmpty() || !references.isEmpty());
  }

  private static boolean uses(Entity entity, FieldType type) {
    return entity.fields().stream().anyMatch(field -> field.type() == type);
  }

  private static String kind(Field field) {
    return field.type().name().toLowerCase(Locale.ROOT);
  }

  private static String snake(String pascal) {
    return new Entity(pascal, "", List.of()).snakeName();
  }

  static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Two rows as JSON, with references to the first row of what they refer to. */
  private static String content(Entity entity) {
    return rows(entity).stream().map(row -> "  " + json(row)).collect(joining(",\n", "[\n", "\n]"));
  }

  /** The same two rows, and one that cannot be accepted because its id is no number. */
  private static String csv(Entity entity) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>(rows(entity));
    Map<String, @Nullable Object> bad = new LinkedHashMap<>(rows.getFirst());
    bad.put("id", "three");
    rows.add(bad);
    String header = String.join(",", rows.getFirst().keySet());
    return rows.stream()
        .map(
            row ->
                row.values().stream().map(v -> v == null ? "" : v.toString()).collect(joining(",")))
        .collect(joining("\n", header + "\n", ""));
  }

  private static List<Map<String, @Nullable Object>> rows(Entity entity) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Variant variant : List.of(Variant.FIRST, Variant.OTHER)) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("id", rows.size() + 1L);
      row.putAll(Samples.values(entity.fields(), variant));
      entity.fields().stream()
          .filter(field -> field.type() == FieldType.REFERENCE)
          .forEach(field -> row.put(field.name(), 1L));
      rows.add(row);
    }
    return rows;
  }

  private static String json(Map<String, @Nullable Object> values) {
    return values.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": " + Dialect.json(entry.getValue()))
        .collect(joining(", ", "{", "}"));
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

package dev.anton.planner.template.python;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Example values of an entity, written as Python and as JSON. */
final class PythonSamples {

  /** Three values that differ from each other. */
  private enum Variant {
    FIRST,
    CHANGED,
    OTHER
  }

  private static final Map<String, String> TEXTS =
      Map.of(
          "title", "First steps",
          "name", "Ada",
          "email", "ada@example.org",
          "url", "https://example.org/",
          "author", "Ursula K. Le Guin",
          "phone", "+49 30 123456",
          "body", "What there is to say",
          "description", "What it is about",
          "isbn", "978-0-441-47812-5",
          "city", "Berlin");

  private final Entity entity;
  private final Field changed;

  PythonSamples(Entity entity) {
    this.entity = entity;
    this.changed =
        entity.fields().stream()
            .filter(field -> field.type() == FieldType.BOOLEAN)
            .findFirst()
            .orElseGet(entity.fields()::getFirst);
  }

  String python() {
    return "{" + pythonInner() + "}";
  }

  /** Without the braces. */
  String pythonInner() {
    return pairs(entity.fields(), field -> literal(field, Variant.FIRST, true));
  }

  String requiredPython() {
    return "{"
        + pairs(
            entity.fields().stream().filter(Field::required).toList(),
            field -> literal(field, Variant.FIRST, true))
        + "}";
  }

  String json() {
    return "{" + pairs(entity.fields(), field -> literal(field, Variant.FIRST, false)) + "}";
  }

  String changePython() {
    return "{" + pairs(List.of(changed), field -> literal(field, Variant.CHANGED, true)) + "}";
  }

  String otherPython() {
    return "{" + pairs(List.of(changed), field -> literal(field, Variant.OTHER, true)) + "}";
  }

  String changeJson() {
    return "{" + pairs(List.of(changed), field -> literal(field, Variant.CHANGED, false)) + "}";
  }

  /** The change as a query that finds it. */
  String changeQuery() {
    return changed.name() + "=" + literal(changed, Variant.CHANGED, false).replace("\"", "");
  }

  /** Lists have parameters of their own, which come before fields of that name. */
  boolean isFilterable() {
    return !changed.name().equals("limit") && !changed.name().equals("offset");
  }

  String firstValuePython() {
    return literal(entity.fields().getFirst(), Variant.FIRST, true);
  }

  private static String pairs(List<Field> fields, Function<Field, String> value) {
    return fields.stream()
        .map(field -> "\"" + field.name() + "\": " + value.apply(field))
        .collect(Collectors.joining(", "));
  }

  private static String literal(Field field, Variant variant, boolean python) {
    return switch (field.type()) {
      case TEXT -> "\"" + text(field, variant) + "\"";
      case INTEGER ->
          switch (variant) {
            case FIRST -> field.name().contains("year") ? "1969" : "3";
            case CHANGED -> "5";
            case OTHER -> "8";
          };
      case DECIMAL ->
          switch (variant) {
            case FIRST -> "9.5";
            case CHANGED -> "12.25";
            case OTHER -> "0.5";
          };
      case BOOLEAN -> bool(variant == Variant.CHANGED, python);
      case DATE ->
          switch (variant) {
            case FIRST -> "\"2026-01-31\"";
            case CHANGED -> "\"2026-02-28\"";
            case OTHER -> "\"2026-03-31\"";
          };
    };
  }

  private static String bool(boolean value, boolean python) {
    if (python) {
      return value ? "True" : "False";
    }
    return Boolean.toString(value);
  }

  private static String text(Field field, Variant variant) {
    return switch (variant) {
      case FIRST -> TEXTS.getOrDefault(field.name(), "Some " + field.name().replace('_', ' '));
      case CHANGED -> "Changed";
      case OTHER -> "Other";
    };
  }
}

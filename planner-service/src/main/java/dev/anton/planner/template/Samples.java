package dev.anton.planner.template;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Example values of an entity, the same in every stack. References refer to nothing. */
final class Samples {

  /** Three values that differ from each other. */
  enum Variant {
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

  Samples(Entity entity) {
    this.entity = entity;
    List<Field> own =
        entity.fields().stream().filter(field -> field.type() != FieldType.REFERENCE).toList();
    this.changed =
        own.stream()
            .filter(field -> field.type() == FieldType.BOOLEAN)
            .findFirst()
            .orElseGet(own::getFirst);
  }

  /**
   * The field that examples change: a flag if there is one, else the first that is no reference.
   */
  Field changed() {
    return changed;
  }

  Map<String, @Nullable Object> complete() {
    return values(entity.fields(), Variant.FIRST);
  }

  Map<String, @Nullable Object> required() {
    return values(entity.fields().stream().filter(Field::required).toList(), Variant.FIRST);
  }

  Map<String, @Nullable Object> change() {
    return values(List.of(changed), Variant.CHANGED);
  }

  Map<String, @Nullable Object> other() {
    return values(List.of(changed), Variant.OTHER);
  }

  static Map<String, @Nullable Object> values(List<Field> fields, Variant variant) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    fields.forEach(field -> values.put(field.name(), value(field, variant)));
    return values;
  }

  static @Nullable Object value(Field field, Variant variant) {
    return switch (field.type()) {
      case TEXT -> text(field, variant);
      case INTEGER ->
          switch (variant) {
            case FIRST -> field.name().contains("year") ? 1969L : 3L;
            case CHANGED -> 5L;
            case OTHER -> 8L;
          };
      case DECIMAL ->
          switch (variant) {
            case FIRST -> 9.5;
            case CHANGED -> 12.25;
            case OTHER -> 0.5;
          };
      case BOOLEAN -> variant == Variant.CHANGED;
      case DATE ->
          switch (variant) {
            case FIRST -> "2026-01-31";
            case CHANGED -> "2026-02-28";
            case OTHER -> "2026-03-31";
          };
      case REFERENCE -> null;
    };
  }

  private static String text(Field field, Variant variant) {
    return switch (variant) {
      case FIRST -> TEXTS.getOrDefault(field.name(), "Some " + field.name().replace('_', ' '));
      case CHANGED -> "Changed";
      case OTHER -> "Other";
    };
  }
}

package dev.anton.planner.brief;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A thing that a project deals with.
 *
 * @param name {@code PascalCase} and singular, ASCII letters and digits, such as {@code BlogPost}
 * @param plural {@code kebab-case}, such as {@code blog-posts}
 * @param fields at least one
 */
public record Entity(String name, String plural, List<Field> fields) {

  public Entity {
    fields = List.copyOf(fields);
  }

  /** The name in {@code snake_case}. */
  public String snakeName() {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /** Such as {@code Todo(title, done)}. */
  public String signature() {
    return fields.stream().map(Field::name).collect(Collectors.joining(", ", name + "(", ")"));
  }
}

package dev.anton.planner.brief;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One field of an entity.
 *
 * @param name {@code snake_case}, ASCII, starts with a letter
 * @param required whether an entity cannot be without it
 * @param target name of the entity that a {@link FieldType#REFERENCE} refers to; null for all
 *     others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Field(String name, FieldType type, boolean required, @Nullable String target) {

  public Field {
    if ((type == FieldType.REFERENCE) != (target != null)) {
      throw new IllegalArgumentException("A reference, and nothing else, has a target");
    }
  }

  public Field(String name, FieldType type, boolean required) {
    this(name, type, required, null);
  }

  /** An optional reference to an entity of the same brief. */
  public static Field reference(String name, String target) {
    return new Field(name, FieldType.REFERENCE, false, target);
  }
}

package dev.anton.executor.job;

import dev.anton.api.problem.FieldError;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Refuses what would be ignored in silence: a mistyped {@code retires}, say. */
final class KnownFields {

  private KnownFields() {}

  /**
   * @param pointer where the object stands in the body
   */
  static void check(JsonNode object, String pointer, List<String> known, List<FieldError> errors) {
    object.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                errors.add(
                    new FieldError(
                        pointer + "/" + escape(name),
                        "There is no such field; known are " + String.join(", ", known))));
  }

  /** A name as a step of a JSON pointer (RFC 6901). */
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

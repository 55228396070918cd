package dev.anton.api.problem;

import java.util.List;
import tools.jackson.core.JacksonException;

/** Writes JSON pointers (RFC 6901). */
final class JsonPointers {

  private JsonPointers() {}

  /** Where in the body Jackson stopped; the empty pointer is the whole body. */
  static String of(List<JacksonException.Reference> path) {
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference step : path) {
      String name = step.getPropertyName();
      pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : escape(name));
    }
    return pointer.toString();
  }

  /** From a bean path such as {@code nodes[2].label}. */
  static String ofBeanPath(String path) {
    StringBuilder pointer = new StringBuilder();
    for (String step : path.split("[.\\[]", -1)) {
      String name = step.endsWith("]") ? step.substring(0, step.length() - 1) : step;
      if (!name.isEmpty()) {
        pointer.append('/').append(escape(name));
      }
    }
    return pointer.toString();
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

package dev.anton.executor.job;

import dev.anton.api.problem.FieldError;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a bounded whole number from a request. */
final class WholeNumber {

  private WholeNumber() {}

  /**
   * @param pointer where it stands in the body
   * @param absent its value if it is not there
   */
  static int read(
      JsonNode body, String pointer, int min, int max, int absent, List<FieldError> errors) {
    JsonNode value = body.at(pointer);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < min
        || value.asInt() > max) {
      String name = pointer.substring(pointer.lastIndexOf('/') + 1);
      errors.add(new FieldError(pointer, name + " is a whole number from " + min + " to " + max));
      return absent;
    }
    return value.asInt();
  }
}

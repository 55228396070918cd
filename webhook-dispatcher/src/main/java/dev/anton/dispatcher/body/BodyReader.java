package dev.anton.dispatcher.body;

import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object, each read with what would be accepted for it. A field of the wrong
 * form is noted and read as absent; {@link #check} then refuses the body with all that was noted.
 */
public final class BodyReader {

  /** The code of a body with flaws of several kinds. */
  private static final String SEVERAL = "invalid-request";

  private final JsonNode object;
  private final String at;
  private final List<Flaw> flaws;

  private BodyReader(JsonNode object, String at, List<Flaw> flaws) {
    this.object = object;
    this.at = at;
    this.flaws = flaws;
  }

  /**
   * A field that is not among the known ones is refused: passed over in silence, a misspelt {@code
   * secret} would leave deliveries unsigned.
   *
   * @throws ProblemException if the body is no object
   */
  public static BodyReader of(JsonNode body, List<String> known) {
    if (!body.isObject()) {
      throw ProblemException.badInput(
          SEVERAL, "", "The body is a JSON object with the fields " + String.join(", ", known));
    }
    BodyReader reader = new BodyReader(body, "", new ArrayList<>());
    reader.refuseUnknown(known);
    return reader;
  }

  /** Whether the field is there, be it null. */
  public boolean has(String field) {
    return object.has(field);
  }

  /** Notes a flaw of one of this object's fields. */
  public void refuse(String code, String field, String detail) {
    flaws.add(new Flaw(code, new FieldError(pointer(field), detail)));
  }

  /** Notes a flaw somewhere inside one of this object's fields. */
  public void refuse(String code, String field, String inside, String detail) {
    flaws.add(new Flaw(code, new FieldError(pointer(field) + "/" + escape(inside), detail)));
  }

  /**
   * Notes a flaw at a pointer inside one of this object's fields.
   *
   * @param inside a JSON pointer, empty for the field itself
   */
  public void refuseAt(String code, String field, String inside, String detail) {
    flaws.add(new Flaw(code, new FieldError(pointer(field) + inside, detail)));
  }

  /** The field as it is; null if absent or JSON's null. */
  public @Nullable JsonNode node(String field) {
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }

  /** A string; null if absent, null or refused. */
  public @Nullable String text(String field, int maxLength) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    if (!value.isString()
        || value.stringValue().length() > maxLength
        || !isStorable(value.stringValue())) {
      refuse(SEVERAL, field, field + " is a string of at most " + maxLength + " characters");
      return null;
    }
    return value.stringValue();
  }

  /** As {@link #text}, and noted as a flaw if it is absent or empty. */
  public @Nullable String requiredText(String field, int maxLength) {
    JsonNode value = node(field);
    if (value == null || isBlank(value)) {
      refuse(
          SEVERAL, field, field + " is required: a string of at most " + maxLength + " characters");
      return null;
    }
    return text(field, maxLength);
  }

  /** The default if the field is absent, null or refused. */
  public boolean bool(String field, boolean fallback) {
    JsonNode value = node(field);
    if (value == null) {
      return fallback;
    }
    if (!value.isBoolean()) {
      refuse(SEVERAL, field, field + " is true or false");
      return fallback;
    }
    return value.booleanValue();
  }

  /** A whole number within bounds; null if absent, null or refused. */
  public @Nullable Integer integer(String field, int min, int max) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      refuse(SEVERAL, field, field + " is a whole number from " + min + " to " + max);
      return null;
    }
    return value.intValue();
  }

  /** The strings of an array; null if absent, null or refused. */
  public @Nullable List<String> texts(String field, int maxCount, int maxLength) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    if (!value.isArray() || value.size() > maxCount) {
      refuse(SEVERAL, field, field + " is an array of at most " + maxCount + " strings");
      return null;
    }
    List<String> texts = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      JsonNode element = value.get(i);
      if (element.isString() && element.stringValue().length() <= maxLength) {
        texts.add(element.stringValue());
      } else {
        refuse(
            SEVERAL,
            field,
            Integer.toString(i),
            "an element of " + field + " is a string of at most " + maxLength + " characters");
      }
    }
    return texts.size() == value.size() ? texts : null;
  }

  /** An object whose values are all strings, in its order; null if absent, null or refused. */
  public @Nullable Map<String, String> textMap(String field) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      refuse(SEVERAL, field, field + " is an object of strings");
      return null;
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (entry.getValue().isString()) {
        map.put(entry.getKey(), entry.getValue().stringValue());
      } else {
        refuse(SEVERAL, field, entry.getKey(), "a value in " + field + " is a string");
      }
    }
    return map.size() == value.size() ? Collections.unmodifiableMap(map) : null;
  }

  /** An inner object; null if absent, null or refused. */
  public @Nullable BodyReader object(String field, List<String> known) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      refuse(SEVERAL, field, field + " is an object with the fields " + String.join(", ", known));
      return null;
    }
    BodyReader inner = new BodyReader(value, pointer(field), flaws);
    inner.refuseUnknown(known);
    return inner;
  }

  /**
   * @throws ProblemException if anything was noted
   */
  public void check() {
    if (flaws.isEmpty()) {
      return;
    }
    List<FieldError> errors = flaws.stream().map(Flaw::error).toList();
    String code = flaws.getFirst().code();
    boolean oneKind = flaws.stream().allMatch(flaw -> flaw.code().equals(code));
    String detail =
        errors.size() == 1
            ? errors.getFirst().detail()
            : errors.size() + " values cannot be accepted; errors says which, and what would be";
    throw ProblemException.badInput(oneKind ? code : SEVERAL, detail, errors);
  }

  private void refuseUnknown(List<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!known.contains(entry.getKey())) {
        refuse(
            "unknown-field",
            entry.getKey(),
            "This field is not known; the known ones are " + String.join(", ", known));
      }
    }
  }

  private String pointer(String field) {
    return at + "/" + escape(field);
  }

  /** RFC 6901, and cut: a field's name is the client's and may be of any length. */
  private static String escape(String token) {
    String escaped = token.replace("~", "~0").replace("/", "~1");
    return escaped.length() > 100 ? escaped.substring(0, 100) : escaped;
  }

  private static boolean isBlank(JsonNode value) {
    return value.isString() && value.stringValue().isBlank();
  }

  /** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
  private static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  private record Flaw(String code, FieldError error) {}
}

package dev.anton.api.problem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** Says where a JSON body is wrong, and what would be accepted there. */
final class RequestBodyProblems {

  private static final String MALFORMED = "malformed-json";
  private static final String INVALID = "invalid-body";

  /** A client's own words come back to it, but not a megabyte of them. */
  private static final int MAX_DETAIL = 300;

  private final JsonMapper mapper;

  RequestBodyProblems(JsonMapper mapper) {
    this.mapper = mapper;
  }

  Translation translate(JacksonException failure) {
    String pointer = JsonPointers.of(failure.getPath());
    return switch (failure) {
      case InputCoercionException number -> wrongType(pointer, number.getTargetType());
      case StreamReadException malformed -> malformed(malformed);
      case StreamConstraintsException excessive -> malformed(excessive);
      case JacksonIOException unreadable ->
          Translation.of(
              HttpStatus.BAD_REQUEST, MALFORMED, "The body is not JSON in UTF-8, or was cut off");
      case PropertyBindingException unknown -> unknownField(unknown, pointer);
      case MismatchedInputException trailing when isTrailing(trailing) -> malformed(trailing);
      case MismatchedInputException mismatch ->
          wrongType(
              pointer, mismatch.getTargetType() == null ? Object.class : mismatch.getTargetType());
      case ValueInstantiationException refused -> refused(refused, pointer);
      default ->
          Translation.badInput(
              INVALID, new FieldError(pointer, where(pointer) + " is not accepted"));
    };
  }

  private static Translation malformed(JacksonException failure) {
    TokenStreamLocation at = failure.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return Translation.of(
        HttpStatus.BAD_REQUEST,
        MALFORMED,
        "The body is not valid JSON" + place + ": " + shorten(failure.getOriginalMessage()));
  }

  /** Jackson has no type of its own for this; the message is the only mark. */
  private static boolean isTrailing(MismatchedInputException failure) {
    return failure.getOriginalMessage().startsWith("Trailing token");
  }

  private static Translation unknownField(PropertyBindingException unknown, String pointer) {
    String known =
        unknown.getKnownPropertyIds() == null
            ? ""
            : unknown.getKnownPropertyIds().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    return Translation.badInput(
        "unknown-field",
        new FieldError(
            pointer,
            "There is no field "
                + shorten(unknown.getPropertyName())
                + " here"
                + (known.isEmpty() ? "" : "; known are " + known)));
  }

  private Translation wrongType(String pointer, Class<?> type) {
    return Translation.badInput(
        type.isEnum() ? "unknown-value" : INVALID,
        new FieldError(pointer, where(pointer) + " is " + accepted(type)));
  }

  /** A constructor refused the value; what it says is meant for the client if it is a sentence. */
  private static Translation refused(ValueInstantiationException refused, String pointer) {
    IllegalArgumentException reason = Causes.find(refused, IllegalArgumentException.class);
    if (reason != null && reason.getMessage() != null) {
      return Translation.badInput(INVALID, new FieldError(pointer, shorten(reason.getMessage())));
    }
    if (Causes.find(refused, NullPointerException.class) != null) {
      return Translation.badInput(
          INVALID,
          new FieldError(pointer, where(pointer) + " lacks a required value, or has a null"));
    }
    return Translation.badInput(
        INVALID, new FieldError(pointer, where(pointer) + " is not accepted"));
  }

  private String accepted(Class<?> type) {
    if (!type.isEnum()) {
      return Accepted.inJson(type);
    }
    List<String> names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> mapper.convertValue(constant, JsonNode.class).asString())
            .toList();
    return "one of " + String.join(", ", names);
  }

  private static String where(String pointer) {
    return pointer.isEmpty() ? "The body" : pointer.substring(1).replace('/', '.');
  }

  private static String shorten(String text) {
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "…";
  }
}

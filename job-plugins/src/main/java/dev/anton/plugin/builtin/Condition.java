package dev.anton.plugin.builtin;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One condition of the plugin {@code filter}. */
record Condition(FieldPath field, Operator operator, JsonNode value) {

  /**
   * @param json conforms to the plugin's options schema
   */
  static Condition of(JsonNode json) {
    return new Condition(
        FieldPath.of(json.path("field").asString()),
        Operator.valueOf(json.path("op").asString("eq").toUpperCase(Locale.ROOT)),
        json.path("value"));
  }

  boolean holdsFor(JsonNode item) {
    JsonNode actual = field.in(item);
    return switch (operator) {
      case EXISTS -> !actual.isMissingNode() && !actual.isNull();
      case EQ -> equal(actual, value);
      case NE -> !equal(actual, value);
      case IN -> value.valueStream().anyMatch(candidate -> equal(actual, candidate));
      case GT -> compare(actual).filter(c -> c > 0).isPresent();
      case GTE -> compare(actual).filter(c -> c >= 0).isPresent();
      case LT -> compare(actual).filter(c -> c < 0).isPresent();
      case LTE -> compare(actual).filter(c -> c <= 0).isPresent();
      case CONTAINS ->
          actual.isArray()
              ? actual.valueStream().anyMatch(element -> equal(element, value))
              : actual.isString() && actual.asString().contains(value.asString(""));
      case STARTSWITH -> actual.isString() && actual.asString().startsWith(value.asString(""));
      case ENDSWITH -> actual.isString() && actual.asString().endsWith(value.asString(""));
    };
  }

  /** A number and a text that reads as the same number are equal: CSV knows only texts. */
  private static boolean equal(JsonNode actual, JsonNode expected) {
    if (actual.isNumber() || expected.isNumber()) {
      Optional<BigDecimal> left = Numbers.read(actual);
      Optional<BigDecimal> right = Numbers.read(expected);
      return left.isPresent() && right.isPresent() && left.get().compareTo(right.get()) == 0;
    }
    return actual.equals(expected);
  }

  /** Numbers as numbers, other texts by their characters; empty if there is no order. */
  private Optional<Integer> compare(JsonNode actual) {
    Optional<BigDecimal> left = Numbers.read(actual);
    Optional<BigDecimal> right = Numbers.read(value);
    if (left.isPresent() && right.isPresent()) {
      return Optional.of(left.get().compareTo(right.get()));
    }
    return actual.isString() && value.isString()
        ? Optional.of(actual.asString().compareTo(value.asString()))
        : Optional.empty();
  }

  /** Lower-case on the wire. */
  enum Operator {
    EQ,
    NE,
    GT,
    GTE,
    LT,
    LTE,
    IN,
    CONTAINS,
    STARTSWITH,
    ENDSWITH,
    EXISTS
  }
}

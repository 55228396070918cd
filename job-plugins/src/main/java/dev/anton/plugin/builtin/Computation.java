package dev.anton.plugin.builtin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One value that the plugin {@code aggregate} computes over the items of a group. */
final class Computation {

  private final String operation;
  private final FieldPath field;
  private final Set<JsonNode> distinct = new HashSet<>();
  private long count;
  private BigDecimal sum = BigDecimal.ZERO;
  private @Nullable BigDecimal min;
  private @Nullable BigDecimal max;

  private Computation(String operation, FieldPath field) {
    this.operation = operation;
    this.field = field;
  }

  /**
   * @param json conforms to the plugin's options schema
   */
  static Computation of(JsonNode json) {
    return new Computation(
        json.path("op").asString(), FieldPath.of(json.path("field").asString(".")));
  }

  void add(JsonNode item) {
    JsonNode value = field.in(item);
    switch (operation) {
      case "count" -> count += value.isMissingNode() || value.isNull() ? 0 : 1;
      case "distinct" -> {
        if (!value.isMissingNode()) {
          distinct.add(value);
        }
      }
      default -> Numbers.read(value).ifPresent(this::add);
    }
  }

  /** Null for the average, smallest or largest of nothing. */
  JsonNode result() {
    return switch (operation) {
      case "count" -> JsonNodeFactory.instance.numberNode(count);
      case "distinct" -> JsonNodeFactory.instance.numberNode(distinct.size());
      case "sum" -> number(sum);
      case "avg" ->
          number(count == 0 ? null : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64));
      case "min" -> number(min);
      default -> number(max);
    };
  }

  private void add(BigDecimal number) {
    count++;
    sum = sum.add(number);
    min = min == null ? number : min.min(number);
    max = max == null ? number : max.max(number);
  }

  private static JsonNode number(@Nullable BigDecimal value) {
    if (value == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() <= 18
        ? JsonNodeFactory.instance.numberNode(plain.longValueExact())
        : JsonNodeFactory.instance.numberNode(plain);
  }
}

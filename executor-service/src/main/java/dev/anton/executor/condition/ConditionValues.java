package dev.anton.executor.condition;

import dev.anton.executor.condition.Condition.SeenNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * JSON as values of CEL: whole numbers that fit are {@code int}, all others {@code double}. How
 * deep it may be was checked when it was read.
 */
final class ConditionValues {

  private ConditionValues() {}

  static Object of(SeenNode node) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("state", node.state());
    JsonNode output = node.output();
    if (output != null) {
      value.put("output", of(output));
    }
    return value;
  }

  static Object of(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        json.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
        yield members;
      }
      case ARRAY -> {
        List<Object> elements = new ArrayList<>();
        json.forEach(element -> elements.add(of(element)));
        yield elements;
      }
      case STRING -> json.stringValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER ->
          json.canConvertToLong() && json.isIntegralNumber()
              ? (Object) json.longValue()
              : json.doubleValue();
      default -> NullValue.NULL_VALUE;
    };
  }
}

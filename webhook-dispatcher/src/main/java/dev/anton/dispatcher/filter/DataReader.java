package dev.anton.dispatcher.filter;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads an event's data into values of CEL: whole numbers that fit are {@code int}, all others
 * {@code double}. How deep and large it may be was checked when the event was taken in.
 */
final class DataReader {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private final JsonParser parser;
  private final Cost cost;

  private DataReader(JsonParser parser, Cost cost) {
    this.parser = parser;
    this.cost = cost;
  }

  /**
   * Reads all of it.
   *
   * @throws JacksonException if it is no JSON
   */
  static Object read(byte[] data, Cost cost) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
      return new DataReader(parser, cost).value(parser.nextToken());
    }
  }

  private Object value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> list();
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NullValue.NULL_VALUE;
      case VALUE_NUMBER_INT -> wholeNumber();
      default -> parser.getDoubleValue();
    };
  }

  private Object wholeNumber() {
    return switch (parser.getNumberType()) {
      case INT, LONG -> (Object) parser.getLongValue();
      default -> parser.getDoubleValue();
    };
  }

  private DataObject object() {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      members.put(name, value(parser.nextToken()));
    }
    return new DataObject(members, cost);
  }

  private DataList list() {
    List<Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(token));
    }
    return new DataList(elements, cost);
  }
}

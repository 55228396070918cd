package dev.anton.dispatcher.payload;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Where the members of a JSON object begin and end, found without binding their values. */
final class JsonMembers {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonMembers() {}

  /**
   * One member.
   *
   * @param from index of the name's opening quote
   * @param to index after the value's last byte
   */
  record Member(String name, int from, int to) {}

  /** The members in their order; none if the JSON is no object, or an empty one. */
  static List<Member> of(byte[] json) {
    List<Member> members = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return List.of();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.nextToken();
        parser.skipChildren();
        parser.finishToken();
        members.add(new Member(name, from, (int) parser.currentLocation().getByteOffset()));
      }
    }
    return members;
  }
}

package dev.anton.dispatcher.consume;

import dev.anton.schemas.kafka.UndecodableEventException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Whether bytes are one JSON value in UTF-8, found by streaming over them. */
final class JsonCheck {

  /** An event's size on the wire; larger results go by reference. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_DEPTH = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_BYTES)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private JsonCheck() {}

  static void check(byte[] bytes) throws UndecodableEventException {
    if (bytes.length > MAX_BYTES) {
      throw new UndecodableEventException("The value has more than " + MAX_BYTES + " bytes");
    }
    if (!startsAsUtf8(bytes)) {
      throw new UndecodableEventException("The value is not JSON in UTF-8");
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      int values = 0;
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        if (depth == 0) {
          values++;
        }
      }
      if (values != 1) {
        throw new UndecodableEventException("The value is not one JSON value but " + values);
      }
    } catch (StreamConstraintsException e) {
      throw new UndecodableEventException("The value is nested too deep or too large in a part");
    } catch (JacksonException e) {
      throw new UndecodableEventException(
          "The value is not JSON: wrong at byte " + e.getLocation().getByteOffset());
    }
  }

  /** The parser would guess at UTF-16 and UTF-32, and skip a byte order mark. */
  private static boolean startsAsUtf8(byte[] bytes) {
    int seen = Math.min(bytes.length, 4);
    for (int i = 0; i < seen; i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return bytes.length == 0 || (bytes[0] & 0xff) < 0x80;
  }
}

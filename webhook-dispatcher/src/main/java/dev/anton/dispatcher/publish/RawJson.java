package dev.anton.dispatcher.publish;

import dev.anton.schemas.json.WireJson;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON value as a client sent it, but for the space between its tokens: numbers keep every digit.
 *
 * @param bytes UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into a record's value
@JsonDeserialize(using = RawJson.Reader.class)
record RawJson(byte[] bytes) {

  private static final JsonMapper EXACT =
      WireJson.mapper().rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  JsonNode tree() {
    return EXACT.readTree(bytes);
  }

  static final class Reader extends StdDeserializer<RawJson> {

    Reader() {
      super(RawJson.class);
    }

    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator generator = EXACT.createGenerator(bytes)) {
        generator.copyCurrentStructureExact(parser);
      }
      return new RawJson(bytes.toByteArray());
    }
  }
}

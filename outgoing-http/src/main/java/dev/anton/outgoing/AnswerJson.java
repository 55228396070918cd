package dev.anton.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as it is handed on: {@code {"status", "headers", "body"}}. The body is JSON where the
 * answer says so and it parses, else a text; bytes that are no text stand in {@code bodyBase64}.
 */
public final class AnswerJson {

  private static final Pattern CHARSET = Pattern.compile("(?i)charset=\"?([A-Za-z0-9._:-]{1,40})");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private AnswerJson() {}

  /**
   * @param headers lower-case names of the headers that are handed on; several values of one are
   *     joined by commas
   */
  public static ObjectNode of(OutgoingResponse response, Set<String> headers) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", response.status());
    ObjectNode chosen = json.putObject("headers");
    for (String name : headers) {
      List<String> values = response.headers().get(name);
      if (values != null) {
        chosen.put(name, String.join(", ", values));
      }
    }
    putBody(json, response);
    return json;
  }

  private static void putBody(ObjectNode json, OutgoingResponse response) {
    if (response.body().length == 0) {
      json.putNull("body");
      return;
    }
    String type = response.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    String mediaType = type.split(";", 2)[0].strip();
    if (mediaType.equals("application/json") || mediaType.endsWith("+json")) {
      try {
        json.set("body", JSON.readTree(response.body()));
        return;
      } catch (JacksonException e) {
        // It is handed on as the text that it is.
      }
    }
    try {
      json.put(
          "body", charset(type).newDecoder().decode(ByteBuffer.wrap(response.body())).toString());
    } catch (CharacterCodingException e) {
      json.putNull("body");
      json.put("bodyBase64", Base64.getEncoder().encodeToString(response.body()));
    }
  }

  private static Charset charset(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType);
    try {
      return matcher.find() ? Charset.forName(matcher.group(1)) : UTF_8;
    } catch (IllegalArgumentException e) {
      return UTF_8;
    }
  }
}

package dev.anton.dispatcher.eventtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.anton.api.problem.FieldError;
import dev.anton.schemas.json.WireJson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DataSchemaTest {

  @Test
  void saysWhereDataDoesNotFit() throws Exception {
    DataSchema schema =
        compile(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "required": ["id"], "properties": {"items": {"type": "array",
               "items": {"type": "integer"}}}}
            """);

    assertThat(schema.check(json("{\"id\": 1, \"items\": [1, 2]}"))).isEmpty();
    assertThat(schema.check(json("{\"items\": [1, \"x\"]}")))
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder("", "/items/1");
  }

  @Test
  void mayReferToItself() throws Exception {
    DataSchema tree =
        compile(
            """
            {"$defs": {"node": {"type": "object", "properties":
               {"children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}},
             "$ref": "#/$defs/node"}
            """);

    assertThat(tree.check(json("{\"children\": [{\"children\": []}]}"))).isEmpty();
    assertThat(tree.check(json("{\"children\": [{\"children\": [1]}]}"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "true",
        "{\"type\": \"strng\"}",
        "{\"properties\": []}",
        "{\"required\": \"id\"}",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
        "{\"$ref\": \"#/$defs/nothing\"}",
        "{\"$ref\": \"file:///etc/passwd\"}",
        "{\"$ref\": \"classpath:application.yml\"}",
        "{\"pattern\": \"(?=look)\"}",
        "{\"pattern\": \"(a\"}",
        "{\"pattern\": \"((a{1000}){1000}){1000}\"}",
        "{\"pattern\": \"([(]a{900}){2}\"}",
        "{\"pattern\": \"(a{2,600}|b{500,})\"}",
        "{\"pattern\": \"\\\\Q(\\\\E\"}",
        "{\"properties\": {\"a\": {\"patternProperties\": {\"(?<!x)y\": {}}}}}"
      })
  void refusesWhatIsNoSchemaOfItsOwn(String schema) {
    assertThatThrownBy(() -> compile(schema)).isInstanceOf(InvalidDataSchemaException.class);
  }

  @Test
  void nothingIsFetched() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
      assertThatThrownBy(() -> compile("{\"$ref\": \"" + url + "\"}"))
          .isInstanceOf(InvalidDataSchemaException.class);
      assertThatThrownBy(
              () -> compile("{\"properties\": {\"a\": {\"$ref\": \"" + url + "#/$defs/x\"}}}"))
          .isInstanceOf(InvalidDataSchemaException.class);
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void referencesThatMultiplyEndInAnErrorAndNotInABusyProcessor() throws Exception {
    StringBuilder schema = new StringBuilder("{\"$defs\": {\"d30\": {}");
    for (int i = 0; i < 30; i++) {
      String next = "{\"$ref\": \"#/$defs/d" + (i + 1) + "\"}";
      schema.append(",\"d%d\": {\"allOf\": [%s, %s]}".formatted(i, next, next));
    }
    schema.append("}, \"$ref\": \"#/$defs/d0\"}");

    assertThat(compile(schema.toString()).check(json("1")))
        .extracting(FieldError::detail)
        .containsExactly("It takes too many steps to check; make it simpler");
  }

  @Test
  void patternsOfEverydayAreNotTooLarge() throws Exception {
    for (String pattern :
        new String[] {
          "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
          "^\\\\d{4}-(0[1-9]|1[0-2])-\\\\d{2}T(\\\\d{2}:){2}\\\\d{2}(\\\\.\\\\d{1,9})?Z$",
          "^[^@]{1,64}@[^@]{1,255}$",
          "^\\\\p{Lu}[\\\\]a-z]{0,30}$"
        }) {
      assertThat(compile("{\"pattern\": \"" + pattern + "\"}").check(json("\"@\""))).isNotEmpty();
    }
  }

  @Test
  void manyPatternsOnALongTextEndInAnErrorToo() throws Exception {
    String one = "{\"pattern\": \"(a|b){200}x\"}";
    DataSchema schema = compile("{\"allOf\": [" + (one + ",").repeat(500) + one + "]}");

    assertThat(schema.check(json("\"" + "ab".repeat(100_000) + "\"")))
        .extracting(FieldError::detail)
        .containsExactly("It takes too many steps to check; make it simpler");
  }

  @Test
  void aPatternThatMakesOthersBacktrackIsMatchedInLinearTime() throws Exception {
    DataSchema schema = compile("{\"pattern\": \"^(a+)+$\"}");

    assertThat(schema.check(json("\"" + "a".repeat(100_000) + "b\""))).isNotEmpty();
  }

  private static DataSchema compile(String schema) throws InvalidDataSchemaException {
    return DataSchema.compile(json(schema));
  }

  private static JsonNode json(String text) {
    return WireJson.mapper().readTree(text);
  }
}

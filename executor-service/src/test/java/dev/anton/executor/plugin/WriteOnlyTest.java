package dev.anton.executor.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.schemas.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WriteOnlyTest {

  @Test
  void whatIsMarkedInPropertiesIsHidden() {
    JsonNode schema =
        json("{'properties': {'a': {'properties': {'b': {'writeOnly': true}}}, 'c': {}}}");

    assertThat(WriteOnly.hide(schema, json("{'a': {'b': 1, 'd': 2}, 'c': 3}")))
        .isEqualTo(json("{'a': {'b': '***', 'd': 2}, 'c': 3}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'properties': {'a': {'items': {'writeOnly': true}}}} | /properties/a/items",
        "{'additionalProperties': {'writeOnly': true}} | /additionalProperties",
        "{'allOf': [{'properties': {'a': {'writeOnly': true}}}] } | /allOf/properties/a",
        "{'$defs': {'s': {'writeOnly': true}}, 'properties': {'a': {'$ref': '#/$defs/s'}}} |"
            + " /$defs/s",
      })
  void whatWouldNotBeHiddenIsRefused(String schema, String where) {
    assertThatThrownBy(() -> WriteOnly.check(json(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("not in " + where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'writeOnly': true, 'items': {'writeOnly': true}}",
        "{'properties': {'writeOnly': {'type': 'boolean'}}}",
        "{'items': {'writeOnly': false}, 'default': {'writeOnly': true}}",
        "true",
      })
  void whatIsHiddenOrNoMarkIsAccepted(String schema) {
    assertThatCode(() -> WriteOnly.check(json(schema))).doesNotThrowAnyException();
  }

  private static JsonNode json(String json) {
    return WireJson.mapper().readTree(json.replace('\'', '"'));
  }
}

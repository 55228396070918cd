package dev.anton.executor.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonSizeTest {

  @Test
  void bytesAreCountedAndNotCharacters() {
    JsonNode value = JsonNodeFactory.instance.objectNode().put("ä", 1);

    assertThat(JsonSize.upTo(100, value)).isEqualTo("{'ä':1}".length() + 1);
  }

  @Test
  void countingStopsAtTheBound() {
    JsonNode value = JsonNodeFactory.instance.stringNode("x".repeat(1_000));
    for (int level = 0; level < 60; level++) {
      value = JsonNodeFactory.instance.arrayNode().add(value).add(value);
    }

    assertThat(JsonSize.upTo(1 << 20, value)).isGreaterThan(1 << 20);
  }
}

package dev.anton.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PluginDescriptorTest {

  @Test
  void readsTheAnnotation() {
    PluginDescriptor descriptor = PluginDescriptor.of(new Good());

    assertThat(descriptor.name()).isEqualTo("a-good-1");
    assertThat(descriptor.description()).isEqualTo("Does good.");
    assertThat(descriptor.inputSchema().path("type").asString()).isEqualTo("string");
    assertThat(descriptor.optionsSchema().path("type").asString()).isEqualTo("object");
  }

  @Test
  void saysWhichClassIsWrongAndWhy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginDescriptor.of(context -> new PluginResult(context.data())))
        .withMessageContaining("carries no @Plugin");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginDescriptor.of(new BadName()))
        .withMessageContaining("BadName")
        .withMessageContaining("Not Good");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginDescriptor.of(new BadSchema()))
        .withMessageContaining("outputSchema");
  }

  @Plugin(
      name = "a-good-1",
      description = "Does good.",
      inputSchema = "{\"type\": \"string\"}",
      outputSchema = "{}")
  private static final class Good extends Echo {}

  @Plugin(name = "Not Good", description = "x", inputSchema = "{}", outputSchema = "{}")
  private static final class BadName extends Echo {}

  @Plugin(name = "x", description = "x", inputSchema = "{}", outputSchema = "[]")
  private static final class BadSchema extends Echo {}

  private static class Echo implements JobPlugin {
    @Override
    public PluginResult run(PluginContext context) {
      return new PluginResult(context.data());
    }
  }
}

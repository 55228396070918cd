package dev.anton.executor.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginCatalogueTest {

  @Test
  void findsThePluginsThatComeWithAnton() {
    PluginCatalogue catalogue = PluginCatalogue.onClassPath();

    assertThat(catalogue.names()).contains("example-plugin", "text-stats");
    assertThat(catalogue.find("example-plugin")).isPresent();
    assertThat(catalogue.find("nope")).isEmpty();
  }

  @Test
  void twoPluginsOfOneNameDoNotStart() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new PluginCatalogue(List.of(new One(), new Other())))
        .withMessageContaining("One")
        .withMessageContaining("Other")
        .withMessageContaining("same-name");
  }

  @Plugin(name = "same-name", description = "x", inputSchema = "{}", outputSchema = "{}")
  private static final class One implements JobPlugin {
    @Override
    public PluginResult run(PluginContext context) {
      return new PluginResult(context.data());
    }
  }

  @Plugin(name = "same-name", description = "x", inputSchema = "{}", outputSchema = "{}")
  private static final class Other implements JobPlugin {
    @Override
    public PluginResult run(PluginContext context) {
      return new PluginResult(context.data());
    }
  }
}

package dev.anton.executor.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluginCatalogueTest {

  @Test
  void findsThePluginsThatComeWithAnton() {
    PluginCatalogue catalogue = PluginCatalogue.onClassPath();

    assertThat(catalogue.names()).contains("example-plugin", "text-stats");
    assertThat(catalogue.find("example-plugin")).isPresent();
    assertThat(catalogue.find("nope")).isEmpty();
  }
}

package com.example.anton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlugPluginTest extends JobPluginContract {

  @Override
  protected JobPlugin plugin() {
    return new SlugPlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{\"data\": [\"A title\", \"Über uns\"]}", "{\"data\": []}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of("{\"data\": \"A title\"}", "{\"data\": [1]}");
  }

  @Test
  void aTitleBecomesASlug() throws Exception {
    assertThat(PluginRun.of(plugin(), "{\"data\": [\" Über  uns! \"]}").run().output())
        .hasToString("[\"uber-uns\"]");
  }
}

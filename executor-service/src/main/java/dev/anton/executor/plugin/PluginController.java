package dev.anton.executor.plugin;

import dev.anton.api.page.Page;
import dev.anton.plugin.PluginDescriptor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/plugins}. */
@RestController
class PluginController {

  private final PluginCatalogue catalogue;

  PluginController(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** One page holds them all: they are as many as there are on the class path. */
  @GetMapping("/api/plugins")
  Page<PluginDescriptor> list() {
    return new Page<>(
        catalogue.all().stream().map(InstalledPlugin::descriptor).toList(), /* nextCursor= */ null);
  }
}

package dev.anton.executor.plugin;

import dev.anton.api.page.Page;
import dev.anton.plugin.PluginDescriptor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/plugins}. */
@RestController
@Tag(name = "Plugins", description = "What jobs are made of")
class PluginController {

  private final PluginCatalogue catalogue;

  PluginController(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** One page holds them all: they are as many as there are on the class path. */
  @GetMapping("/api/plugins")
  @Operation(
      summary = "List the installed plugins with the schemas of their data, options and output")
  Page<PluginDescriptor> list() {
    return new Page<>(
        catalogue.all().stream().map(InstalledPlugin::descriptor).toList(), /* nextCursor= */ null);
  }
}

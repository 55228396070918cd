package com.example.anton;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes a LICENSE file: {@code {"holder": text, "year": number}}. The setting {@code text} is the
 * licence's.
 */
@RunnerName("licence")
public final class LicenceRunner implements NodeRunner {

  private static final String DEFAULT_TEXT = "All rights reserved.";

  @Override
  public NodeResult run(NodeContext context) throws IOException {
    JsonNode holder = context.inputs().path("holder");
    JsonNode year = context.inputs().path("year");
    if (!holder.isString() || holder.stringValue().isBlank() || !year.isInt()) {
      return NodeResult.badInput("inputs has a holder, a text, and a year, a whole number");
    }
    String text = context.settings().getOrDefault("text", DEFAULT_TEXT);
    Files.writeString(
        context.projectFolder().resolve("LICENSE"),
        "Copyright %d %s%n%n%s%n".formatted(year.intValue(), holder.stringValue(), text));
    context.log().line("wrote LICENSE");
    return NodeResult.completed(Map.of("file", "LICENSE"));
  }
}

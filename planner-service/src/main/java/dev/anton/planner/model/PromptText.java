package dev.anton.planner.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;

/** One of the texts for the model, a Mustache file beside this class. */
final class PromptText {

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).strictSections(true);

  private final Template template;

  /**
   * @param name without {@code .mustache}
   */
  PromptText(String name) {
    try (InputStream stream = PromptText.class.getResourceAsStream(name + ".mustache")) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + name + ".mustache is missing");
      }
      template = COMPILER.compile(new InputStreamReader(stream, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String render(Map<String, Object> view) {
    return template.execute(view);
  }
}

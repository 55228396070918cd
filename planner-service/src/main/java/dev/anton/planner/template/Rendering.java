package dev.anton.planner.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders the Mustache files beside a template's class. A name that the view lacks is an error, not
 * an empty place in somebody's source code.
 */
public final class Rendering {

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).strictSections(true);

  private final Class<?> owner;
  private final String folder;
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  /**
   * @param folder relative to the owner's package, with a trailing slash
   */
  public Rendering(Class<?> owner, String folder) {
    this.owner = owner;
    this.folder = folder;
  }

  /**
   * @param file such as {@code server.py}; the resource has {@code .mustache} appended
   */
  public String render(String file, Map<String, Object> view) {
    return compiled.computeIfAbsent(file, this::compile).execute(view);
  }

  private Template compile(String file) {
    String resource = folder + file + ".mustache";
    try (InputStream stream = owner.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + resource + " is missing");
      }
      return COMPILER.compile(new InputStreamReader(stream, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.anton.planner.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders the Mustache files of a template's folders. A name that the view lacks is an error, not
 * an empty place in somebody's source code.
 */
final class Rendering {

  private final List<String> folders;
  private final Mustache.Compiler compiler;
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  /**
   * @param folders relative to this package, without a slash at the end; the first that has a file
   *     gives it
   */
  Rendering(List<String> folders) {
    this.folders = List.copyOf(folders);
    this.compiler =
        Mustache.compiler()
            .escapeHTML(false)
            .strictSections(true)
            .withLoader(partial -> reader(partial + ".mustache"));
  }

  /**
   * @param file such as {@code server.py}; the resource has {@code .mustache} appended
   */
  String render(String file, Map<String, Object> view) {
    return compiled
        .computeIfAbsent(file, name -> compiler.compile(reader(name + ".mustache")))
        .execute(view);
  }

  /** Renders a text that stands in a blueprint. */
  String inline(String text, Map<String, Object> view) {
    return text.contains("{{") ? compiler.compile(text).execute(view) : text;
  }

  /**
   * @throws IllegalStateException if no folder has the file
   */
  String read(String file) {
    for (String folder : folders) {
      try (InputStream stream = Rendering.class.getResourceAsStream(folder + "/" + file)) {
        if (stream != null) {
          return new String(stream.readAllBytes(), UTF_8);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("None of %s has the file %s".formatted(folders, file));
  }

  private Reader reader(String file) {
    return new StringReader(read(file));
  }
}

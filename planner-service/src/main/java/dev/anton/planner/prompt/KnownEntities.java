package dev.anton.planner.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is recorded of common things, and which things common domains deal with. */
final class KnownEntities {

  private static final List<Field> FIELDS_OF_ANYTHING =
      List.of(
          new Field("name", FieldType.TEXT, true), new Field("description", FieldType.TEXT, false));

  private static final Map<String, List<Field>> ENTITIES =
      load("entities.txt").entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getKey,
                  entry -> entry.getValue().stream().map(KnownEntities::field).toList()));

  private static final Map<String, List<String>> DOMAINS = Map.copyOf(load("domains.txt"));

  private KnownEntities() {}

  static boolean isKnown(String singular) {
    return ENTITIES.containsKey(singular);
  }

  /** Singular names of what the domain deals with; null if the word is no known domain. */
  static @Nullable List<String> ofDomain(String word) {
    return DOMAINS.get(word);
  }

  /**
   * An entity named by the words.
   *
   * @param words at least one, the last singular
   * @param fields empty: those known for such a thing, else a name and a description
   */
  static Entity entity(List<String> words, List<Field> fields) {
    String last = words.getLast();
    List<Field> known = ENTITIES.getOrDefault(last, FIELDS_OF_ANYTHING);
    String name = words.stream().map(KnownEntities::capitalized).collect(Collectors.joining());
    String before = words.size() == 1 ? "" : String.join("-", words.subList(0, words.size() - 1));
    String plural = Inflection.plural(last);
    return new Entity(
        name, before.isEmpty() ? plural : before + "-" + plural, fields.isEmpty() ? known : fields);
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static Field field(String text) {
    boolean required = text.endsWith("!");
    String[] nameAndType = (required ? text.substring(0, text.length() - 1) : text).split(":", 2);
    return FieldReader.field(
            List.of(nameAndType[0]), nameAndType.length > 1 ? nameAndType[1] : "text", required)
        .orElseThrow(() -> new IllegalStateException("No field can be called " + text));
  }

  private static Map<String, List<String>> load(String file) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    try (InputStream stream = KnownEntities.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + file + " is missing");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split("=", 2);
          found.put(
              parts[0].strip(), Arrays.stream(parts[1].split(",")).map(String::strip).toList());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}

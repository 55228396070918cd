package dev.anton.planner.prompt;

import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a field's type by its name, where the prompt does not say it. */
final class FieldReader {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private static final Map<String, FieldType> TYPE_WORDS =
      Map.ofEntries(
          Map.entry("text", FieldType.TEXT),
          Map.entry("string", FieldType.TEXT),
          Map.entry("str", FieldType.TEXT),
          Map.entry("integer", FieldType.INTEGER),
          Map.entry("int", FieldType.INTEGER),
          Map.entry("number", FieldType.INTEGER),
          Map.entry("decimal", FieldType.DECIMAL),
          Map.entry("float", FieldType.DECIMAL),
          Map.entry("double", FieldType.DECIMAL),
          Map.entry("money", FieldType.DECIMAL),
          Map.entry("boolean", FieldType.BOOLEAN),
          Map.entry("bool", FieldType.BOOLEAN),
          Map.entry("flag", FieldType.BOOLEAN),
          Map.entry("date", FieldType.DATE));

  private static final Set<String> BOOLEANS =
      Tokens.words(
          """
          done completed complete active enabled paid published archived read closed
          available public private deleted verified favorite favourite shipped returned
          open urgent
          """);

  private static final Set<String> INTEGERS =
      Tokens.words(
          """
          year quantity count age pages stock priority stars seats minutes hours seconds
          capacity population calories score points level position size duration credits
          """);

  private static final Set<String> DECIMALS =
      Tokens.words(
          """
          price amount cost total weight rating salary balance latitude longitude height
          width length temperature distance percentage discount budget value
          """);

  private static final Set<String> DATES =
      Set.of("date", "deadline", "birthday", "due", "birthdate", "day");

  private FieldReader() {}

  /**
   * A field named by the words.
   *
   * @return empty if no name can be made of them, or it is the id, which every entity has anyway
   */
  static Optional<Field> field(List<String> words, @Nullable String typeWord, boolean required) {
    String name = String.join("_", words).replaceAll("[^a-z0-9_]", "");
    if (!NAME.matcher(name).matches() || name.equals("id")) {
      return Optional.empty();
    }
    FieldType stated = typeWord == null ? null : TYPE_WORDS.get(typeWord);
    FieldType type = stated == null ? guess(name) : stated;
    // A flag that is not given is not set, so it is never missing.
    return Optional.of(new Field(name, type, required && type != FieldType.BOOLEAN));
  }

  /** Whether the word is by itself more likely a field than a thing of its own. */
  static boolean isTypicalField(String word) {
    return BOOLEANS.contains(word)
        || INTEGERS.contains(word)
        || DECIMALS.contains(word)
        || DATES.contains(word)
        || Tokens.words(
                """
                title name description email phone isbn body url status
                """)
            .contains(word);
  }

  private static FieldType guess(String name) {
    String[] words = name.split("_", -1);
    String last = words[words.length - 1];
    if (BOOLEANS.contains(last) || words[0].equals("is") || words[0].equals("has")) {
      return FieldType.BOOLEAN;
    }
    if (Arrays.stream(words).anyMatch(DATES::contains)
        || (words.length > 1 && (last.equals("on") || last.equals("at")))) {
      return FieldType.DATE;
    }
    if (DECIMALS.contains(last)) {
      return FieldType.DECIMAL;
    }
    return INTEGERS.contains(last) ? FieldType.INTEGER : FieldType.TEXT;
  }
}

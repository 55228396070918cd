package dev.anton.planner.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a stack's language writes names and values. */
@SuppressWarnings("ImmutableEnumChecker") // its sets are made by Set.of
enum Dialect {
  /** The words are those of {@code keyword.kwlist} of Python 3.13, and soft ones. */
  PYTHON(
      """
      False None True and as assert async await break class continue def del elif else except
      finally for from global if import in is lambda nonlocal not or pass raise return try while
      with yield match case type self cls
      """,
      "") {

    @Override
    String attribute(String snake) {
      return isReserved(snake) ? snake + "_" : snake;
    }

    @Override
    String literal(@Nullable Object value) {
      if (value == null) {
        return "None";
      }
      return value instanceof Boolean flag ? (flag ? "True" : "False") : json(value);
    }

    @Override
    String pairs(Map<String, @Nullable Object> values) {
      return joined(values, "\"%s\": %s");
    }
  },

  /** Fields keep their names: what JSON carries is what the code says. */
  NODE(
      """
      await break case catch class const continue debugger default delete do else enum export
      extends false finally for function if implements import in instanceof interface let new null
      package private protected public return static super switch this throw true try typeof var
      void while with yield arguments eval async of undefined
      """,
      """
      Array ArrayBuffer Atomics BigInt Boolean Buffer Date Error Function Infinity Intl Iterator JSON
      Map Math NaN Number Object Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakRef
      WeakSet
      """) {

    @Override
    String attribute(String snake) {
      String camel = camel(snake);
      return isReserved(camel) ? camel + "_" : camel;
    }

    @Override
    String literal(@Nullable Object value) {
      return value == null ? "null" : json(value);
    }

    @Override
    String pairs(Map<String, @Nullable Object> values) {
      return joined(values, "%s: %s");
    }
  },

  /** Java's keywords, and names that no component of a record may have (JLS 8.10.1). */
  JAVA(
      """
      abstract assert boolean break byte case catch char class const continue default do double else
      enum extends false final finally float for goto if implements import instanceof int interface
      long native new null package private protected public return short static strictfp super
      switch synchronized this throw throws transient true try void volatile while var yield record
      sealed permits _ clone finalize getClass hashCode notify notifyAll toString wait
      """,
      """
      Boolean Byte Character Class ClassLoader Cloneable Comparable Deprecated Double Enum Error
      Exception Float Integer Iterable Long Math Module Number Object Override Package Process Record
      Runnable Runtime Short String System Thread Throwable Void
      """) {

    @Override
    String attribute(String snake) {
      String camel = camel(snake);
      return isReserved(camel) ? camel + "_" : camel;
    }

    @Override
    String literal(@Nullable Object value) {
      if (value == null) {
        return "null";
      }
      return value instanceof Long number ? number + "L" : json(value);
    }

    // For methods that take names and values in turn.
    @Override
    String pairs(Map<String, @Nullable Object> values) {
      return joined(values, "\"%s\", %s");
    }
  };

  private final Set<String> reserved;
  private final Set<String> takenTypes;

  Dialect(String reserved, String takenTypes) {
    this.reserved = words(reserved);
    this.takenTypes = words(takenTypes);
  }

  /** A field's name where the language has an attribute for it. */
  abstract String attribute(String snake);

  /** A text, a whole number, a decimal, a flag or nothing. */
  abstract String literal(@Nullable Object value);

  /** Names with values as the language writes a map; Java by a method of the templates. */
  String map(Map<String, @Nullable Object> values) {
    return switch (this) {
      case PYTHON -> "{" + pairs(values) + "}";
      case NODE -> values.isEmpty() ? "{}" : "{ " + pairs(values) + " }";
      case JAVA -> "Rows.of(" + pairs(values) + ")";
    };
  }

  /** Names with values, separated by commas, without brackets. */
  abstract String pairs(Map<String, @Nullable Object> values);

  /** Whether the language has a type, or a word, of that name itself. */
  boolean isTakenType(String pascal) {
    return takenTypes.contains(pascal) || reserved.contains(pascal);
  }

  boolean isReserved(String word) {
    return reserved.contains(word);
  }

  /** As JSON, which all three languages read for texts and numbers that templates use. */
  static String json(@Nullable Object value) {
    return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
  }

  static String camel(String snake) {
    return Arrays.stream(snake.split("_"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(),
                text -> text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)));
  }

  final String joined(Map<String, @Nullable Object> values, String form) {
    return values.entrySet().stream()
        .map(entry -> form.formatted(entry.getKey(), literal(entry.getValue())))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> words(String text) {
    return Set.of(text.isBlank() ? new String[0] : text.strip().split("\\s+"));
  }
}

package dev.anton.planner.prompt;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Singular and plural of English nouns, as far as prompts need it. */
final class Inflection {

  private static final Map<String, String> IRREGULAR =
      Map.of(
          "people", "person",
          "children", "child",
          "men", "man",
          "women", "woman",
          "mice", "mouse",
          "movies", "movie",
          "cookies", "cookie",
          "matrices", "matrix",
          "indices", "index",
          "data", "data");

  private static final Map<String, String> IRREGULAR_PLURALS =
      IRREGULAR.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /** End in s and are singular. */
  private static final Set<String> SINGULAR =
      Tokens.words(
          """
          status address bus class news series analysis process access gas lens business
          campus virus bonus progress canvas basis species chess sms rss css dns aws ios
          kubernetes postgres redis express rails fitness wellness boss glass grass this
          its is was has as us yes always plus across
          """);

  private Inflection() {}

  static boolean isPlural(String word) {
    if (IRREGULAR.containsKey(word)) {
      return true;
    }
    return word.length() > 3
        && word.endsWith("s")
        && !word.endsWith("ss")
        && !word.endsWith("us")
        && !word.endsWith("is")
        && !SINGULAR.contains(word);
  }

  /** The word itself if it is singular already. */
  static String singular(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (!isPlural(word)) {
      if (word.endsWith("sses") || word.endsWith("uses")) {
        return word.substring(0, word.length() - 2);
      }
      return word;
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.endsWith("sses")
        || word.endsWith("shes")
        || word.endsWith("ches")
        || word.endsWith("xes")
        || word.endsWith("zes")
        || word.endsWith("tuses")) {
      return word.substring(0, word.length() - 2);
    }
    return word.substring(0, word.length() - 1);
  }

  static String plural(String singular) {
    String irregular = IRREGULAR_PLURALS.get(singular);
    if (irregular != null) {
      return irregular;
    }
    if (singular.endsWith("y") && singular.length() > 1 && !isVowel(singular, 2)) {
      return singular.substring(0, singular.length() - 1) + "ies";
    }
    if (singular.endsWith("s")
        || singular.endsWith("x")
        || singular.endsWith("z")
        || singular.endsWith("ch")
        || singular.endsWith("sh")) {
      return singular + "es";
    }
    return singular + "s";
  }

  private static boolean isVowel(String word, int fromEnd) {
    return "aeiou".indexOf(word.charAt(word.length() - fromEnd)) >= 0;
  }
}

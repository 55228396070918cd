package dev.anton.planner.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Phrases of one or more words, each with its meaning. Where several fit, the longest counts.
 *
 * @param <T> the meaning
 */
final class Phrases<T> {

  /**
   * @param text the phrase, words separated by one space
   * @param words how many tokens it takes
   */
  record Match<T>(String text, int words, T meaning) {}

  private static final int LONGEST = 4;

  private final Map<String, T> meanings = new HashMap<>();

  /**
   * @param phrases separated by commas; white space counts as one space
   */
  Phrases<T> add(T meaning, String phrases) {
    for (String phrase : phrases.split(",", -1)) {
      meanings.put(phrase.strip().replaceAll("\\s+", " "), meaning);
    }
    return this;
  }

  Optional<Match<T>> matchAt(List<String> tokens, int index) {
    for (int words = Math.min(LONGEST, tokens.size() - index); words > 0; words--) {
      String phrase = String.join(" ", tokens.subList(index, index + words));
      T meaning = meanings.get(phrase);
      if (meaning != null) {
        return Optional.of(new Match<>(phrase, words, meaning));
      }
    }
    return Optional.empty();
  }
}

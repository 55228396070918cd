package dev.anton.planner.prompt;

import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectKind;
import org.jspecify.annotations.Nullable;

/** A word, a mark, or a phrase of a prompt that has a meaning of its own. */
sealed interface Term {

  /** As it stands in the prompt, lower case, words separated by one space. */
  String text();

  record Word(String text) implements Term {}

  record Mark(String text) implements Term {}

  /**
   * @param certain false for words such as {@code app} that leave the kind open
   */
  record KindPhrase(String text, ProjectKind kind, boolean certain) implements Term {}

  record LanguageName(String text, Language language) implements Term {}

  /**
   * A framework, a database, a protocol.
   *
   * @param language the one it belongs to, if it belongs to one
   */
  record Technology(String text, String name, @Nullable Language language) implements Term {}

  /**
   * @param wanted false when the prompt does without it
   */
  record FeatureWord(String text, Feature feature, boolean wanted) implements Term {}

  /** A phrase whose words must not be read one by one, such as {@code standard library}. */
  record Filler(String text) implements Term {}
}

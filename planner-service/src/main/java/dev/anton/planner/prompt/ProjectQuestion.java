package dev.anton.planner.prompt;

import dev.anton.planner.prompt.Term.KindPhrase;
import dev.anton.planner.prompt.Term.LanguageName;
import dev.anton.planner.prompt.Term.Technology;
import dev.anton.planner.prompt.Term.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a prompt asks for software at all. */
final class ProjectQuestion {

  private static final String EXAMPLE =
      "Name what to build, what it deals with and, if it matters, the language, as in “Build a REST"
          + " API for a todo list in Python”.";

  private static final Set<String> ARTICLES = Set.of("a", "an", "the", "me", "us", "my", "some");

  private final List<Term> terms;

  private ProjectQuestion(List<Term> terms) {
    this.terms = terms;
  }

  /** Why the prompt is no software project; empty if it is one. */
  static Optional<String> whyNot(List<Term> terms) {
    return new ProjectQuestion(terms).whyNot();
  }

  private Optional<String> whyNot() {
    Optional<String> other = somethingElse();
    if (other.isPresent()) {
      return Optional.of(
          "The prompt asks for a %s, which is no software. %s".formatted(other.get(), EXAMPLE));
    }
    boolean builds = hasWord(Lexicon.BUILD_VERBS);
    boolean namesKind = terms.stream().anyMatch(KindPhrase.class::isInstance);
    boolean namesStack =
        terms.stream().anyMatch(t -> t instanceof LanguageName || t instanceof Technology);
    if (namesKind && (builds || !isQuestion())) {
      return Optional.empty();
    }
    if (builds && (namesStack || hasWord(Lexicon.SOFTWARE_SUBJECTS)) && !isQuestion()) {
      return Optional.empty();
    }
    if (isQuestion()) {
      return Optional.of(
          "The prompt asks a question and names nothing that is to be built. " + EXAMPLE);
    }
    if (namesStack) {
      return Optional.of(
          "The prompt names a technology but not what is to be built with it. " + EXAMPLE);
    }
    if (builds) {
      return Optional.of(
          "What the prompt wants made names no kind of software, such as a REST API, a command-line"
              + " tool or a library. "
              + EXAMPLE);
    }
    return Optional.of("The prompt names nothing that could be built. " + EXAMPLE);
  }

  /** What is to be made, if it is something that is no software: write me a poem. */
  private Optional<String> somethingElse() {
    for (int i = 0; i < terms.size(); i++) {
      if (Lexicon.BUILD_VERBS.contains(terms.get(i).text())) {
        int object = i + 1;
        while (object < terms.size() && ARTICLES.contains(terms.get(object).text())) {
          object++;
        }
        return object < terms.size() && namesNoSoftware(object)
            ? Optional.of(Inflection.singular(terms.get(object).text()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A poem is none, a poem generator is. */
  private boolean namesNoSoftware(int index) {
    if (!(terms.get(index) instanceof Word(String text)) || !Lexicon.NOT_SOFTWARE.contains(text)) {
      return false;
    }
    for (int i = index + 1; i < terms.size(); i++) {
      Term next = terms.get(i);
      if (next instanceof KindPhrase || Lexicon.SOFTWARE_SUBJECTS.contains(next.text())) {
        return false;
      }
      if (!(next instanceof Word)
          || Set.of("about", "for", "in", "of", "on").contains(next.text())) {
        return true;
      }
    }
    return true;
  }

  private boolean isQuestion() {
    if (terms.isEmpty()) {
      return false;
    }
    String first = terms.getFirst().text();
    boolean asks =
        Lexicon.QUESTION_WORDS.contains(first)
            || Lexicon.TELLING_VERBS.contains(first)
            || terms.getLast().text().equals("?");
    return asks && !asksToBuild();
  }

  /** Can you build …? and How do I write …? are wishes. */
  private boolean asksToBuild() {
    return hasWord(Lexicon.BUILD_VERBS) && !Lexicon.TELLING_VERBS.contains(terms.getFirst().text());
  }

  private boolean hasWord(Set<String> words) {
    return terms.stream()
        .anyMatch(term -> term instanceof Word(String text) && words.contains(text));
  }
}

package dev.anton.planner.prompt;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import dev.anton.planner.brief.Reading;
import dev.anton.planner.brief.Reading.NoProject;
import dev.anton.planner.brief.Reading.Understood;
import dev.anton.planner.brief.Stack;
import dev.anton.planner.prompt.Term.FeatureWord;
import dev.anton.planner.prompt.Term.KindPhrase;
import dev.anton.planner.prompt.Term.LanguageName;
import dev.anton.planner.prompt.Term.Technology;
import dev.anton.planner.prompt.Term.Word;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads prompts by rules alone: the same prompt gives the same reading every time, without a key
 * and without a network.
 */
public final class PromptReader {

  private static final Set<String> PURPOSE = Set.of("for", "of", "about", "with");

  private PromptReader() {}

  public static Reading read(String prompt) {
    List<Term> terms = TermReader.read(prompt);
    Optional<String> whyNot = ProjectQuestion.whyNot(terms);
    if (whyNot.isPresent()) {
      return new NoProject(whyNot.get());
    }
    return new Understood(brief(terms));
  }

  private static ProjectBrief brief(List<Term> terms) {
    List<String> assumptions = new ArrayList<>();
    Optional<KindPhrase> kindPhrase = kindPhrase(terms);
    boolean kindStated = kindPhrase.map(KindPhrase::certain).orElse(false);
    ProjectKind kind = kindPhrase.map(KindPhrase::kind).orElse(ProjectKind.REST_API);
    if (!kindStated) {
      assumptions.add("the prompt leaves the kind open, so it is " + kind.label());
    }
    Stack stack = stack(terms, assumptions);
    EntityReader.Found found = EntityReader.read(asNouns(terms, kindPhrase.orElse(null)));
    List<Entity> entities = found.entities();
    if (entities.isEmpty()) {
      entities = List.of(KnownEntities.entity(List.of("item"), List.of()));
      if (kind == ProjectKind.REST_API) {
        assumptions.add(
            "the prompt names nothing to deal with, so it is " + entities.getFirst().signature());
      }
    }
    if (found.leftOut() > 0) {
      assumptions.add(
          "the first %d of %d entities are built"
              .formatted(entities.size(), entities.size() + found.leftOut()));
    }
    String subject =
        Objects.requireNonNullElseGet(found.subject(), entities.getFirst()::plural)
            .toLowerCase(Locale.ROOT);
    return new ProjectBrief(subject, kind, stack, entities, features(terms), assumptions);
  }

  /** The kind that is to be built, not one that it is for: a REST API for a web site. */
  private static Optional<KindPhrase> kindPhrase(List<Term> terms) {
    List<KindPhrase> built = new ArrayList<>();
    List<KindPhrase> all = new ArrayList<>();
    boolean purpose = false;
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      purpose = PURPOSE.contains(term.text()) || (purpose && continuesPhrase(term));
      boolean isHead = i + 1 == terms.size() || !(terms.get(i + 1) instanceof KindPhrase);
      if (term instanceof KindPhrase kind && isHead && !isPlace(terms, i)) {
        all.add(kind);
        if (!purpose) {
          built.add(kind);
        }
      }
    }
    return firstCertain(built)
        .or(() -> built.isEmpty() ? firstCertain(all) : Optional.empty())
        .or(() -> built.stream().findFirst())
        .or(() -> all.stream().findFirst());
  }

  private static boolean continuesPhrase(Term term) {
    return !(term instanceof Word(String text))
        ? term instanceof KindPhrase
        : !Set.of("in", "using", "that", "which").contains(text);
  }

  private static Optional<KindPhrase> firstCertain(List<KindPhrase> kinds) {
    return kinds.stream().filter(KindPhrase::certain).findFirst();
  }

  /**
   * A library is a place with books where the prompt says another kind too, or speaks of what is
   * found there, and no language stands before it.
   */
  private static boolean isPlace(List<Term> terms, int index) {
    if (!terms.get(index).text().equals("library")
        || (index > 0 && terms.get(index - 1) instanceof LanguageName)) {
      return false;
    }
    boolean speaksOfBooks =
        terms.stream()
            .anyMatch(
                term ->
                    Set.of("book", "books", "member", "members", "loan", "loans")
                        .contains(term.text()));
    boolean otherKind =
        terms.stream()
            .anyMatch(term -> term instanceof KindPhrase k && k.kind() != ProjectKind.LIBRARY);
    return speaksOfBooks || otherKind;
  }

  /** Kinds that are not the project's own are things like others: an API for a game. */
  private static List<Term> asNouns(List<Term> terms, @Nullable KindPhrase chosen) {
    List<Term> nouns = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      nouns.add(
          term instanceof KindPhrase phrase && isNoun(terms, i, phrase, chosen)
              ? new Word(term.text())
              : term);
    }
    return nouns;
  }

  private static boolean isNoun(
      List<Term> terms, int index, KindPhrase phrase, @Nullable KindPhrase chosen) {
    if (phrase.text().contains(" ") || chosen == null || phrase.equals(chosen)) {
      return isPlace(terms, index);
    }
    return phrase.certain()
        ? isPlace(terms, index) || phrase.kind() != chosen.kind()
        : KnownEntities.isKnown(phrase.text());
  }

  private static Stack stack(List<Term> terms, List<String> assumptions) {
    List<Technology> technologies =
        terms.stream().filter(Technology.class::isInstance).map(Technology.class::cast).toList();
    Language language =
        terms.stream()
            .filter(LanguageName.class::isInstance)
            .map(term -> ((LanguageName) term).language())
            .findFirst()
            .or(
                () ->
                    technologies.stream()
                        .map(Technology::language)
                        .filter(Objects::nonNull)
                        .findFirst())
            .orElseGet(
                () -> {
                  assumptions.add("the prompt names no language, so it is Python");
                  return Language.PYTHON;
                });
    return new Stack(language, technologies.stream().map(Technology::name).distinct().toList());
  }

  private static Set<Feature> features(List<Term> terms) {
    Set<Feature> features = EnumSet.of(Feature.TESTS, Feature.DOCS);
    for (Term term : terms) {
      if (term instanceof FeatureWord word) {
        if (word.wanted()) {
          features.add(word.feature());
        } else {
          features.remove(word.feature());
        }
      }
    }
    return features;
  }
}

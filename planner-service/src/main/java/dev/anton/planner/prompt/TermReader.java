package dev.anton.planner.prompt;

import dev.anton.planner.prompt.Lexicon.KindMeaning;
import dev.anton.planner.prompt.Lexicon.TechnologyMeaning;
import dev.anton.planner.prompt.Phrases.Match;
import dev.anton.planner.prompt.Term.FeatureWord;
import dev.anton.planner.prompt.Term.Filler;
import dev.anton.planner.prompt.Term.KindPhrase;
import dev.anton.planner.prompt.Term.LanguageName;
import dev.anton.planner.prompt.Term.Mark;
import dev.anton.planner.prompt.Term.Technology;
import dev.anton.planner.prompt.Term.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises the phrases of the {@link Lexicon} among the words of a prompt, longest first. */
final class TermReader {

  /** After these, an ordinary word such as {@code go} is meant as a name. */
  private static final Set<String> NAME_CUES =
      Set.of("in", "using", "with", "via", "on", "pure", "plain", "modern", "idiomatic");

  /** Before these, too. */
  private static final Set<String> NAMED_THINGS =
      Set.of("language", "code", "program", "implementation", "version");

  private static final Set<String> NEGATIONS =
      Set.of("no", "not", "without", "neither", "nor", "never", "don't", "dont", "excluding");

  /** Between a negation and what it denies: without any third party docs or tests. */
  private static final Set<String> NEGATION_CARRIERS =
      Set.of("any", "the", "a", "an", "need", "or", "use", "using", "want");

  /** Carry a negation only when they follow it at once: not in Java. */
  private static final Set<String> PREPOSITIONS = Set.of("in", "with");

  private final List<String> tokens;

  private TermReader(List<String> tokens) {
    this.tokens = tokens;
  }

  static List<Term> read(String text) {
    return new TermReader(Tokens.of(text)).read();
  }

  private List<Term> read() {
    List<Term> terms = new ArrayList<>();
    boolean negated = false;
    Term before = new Mark(".");
    int index = 0;
    while (index < tokens.size()) {
      Match<Term> match = matchAt(index, negated);
      Term term = match.meaning();
      terms.add(term);
      negated = staysNegated(term, before, negated);
      before = term;
      index += match.words();
    }
    return List.copyOf(terms);
  }

  /** A negation reaches over carriers and what it denies, up to the next other word. */
  private static boolean staysNegated(Term term, Term before, boolean negated) {
    if (NEGATIONS.contains(term.text())) {
      return true;
    }
    return negated
        && (NEGATION_CARRIERS.contains(term.text())
            || (PREPOSITIONS.contains(term.text()) && NEGATIONS.contains(before.text()))
            || term instanceof FeatureWord
            || term instanceof Filler);
  }

  private Match<Term> matchAt(int index, boolean negated) {
    return candidates(index, negated)
        .reduce((one, other) -> other.words() > one.words() ? other : one)
        .orElseGet(() -> plain(tokens.get(index)));
  }

  private Stream<Match<Term>> candidates(int index, boolean negated) {
    return Stream.of(
            Lexicon.FILLERS.matchAt(tokens, index).map(m -> as(m, new Filler(m.text()))),
            Lexicon.KINDS.matchAt(tokens, index).map(m -> as(m, kind(m))),
            Lexicon.LANGUAGES
                .matchAt(tokens, index)
                .filter(m -> isMeantAsName(m, index))
                .map(m -> as(m, negated ? filler(m) : new LanguageName(m.text(), m.meaning()))),
            Lexicon.TECHNOLOGIES
                .matchAt(tokens, index)
                .filter(m -> isMeantAsName(m, index))
                .map(m -> as(m, negated ? new Filler(m.text()) : technology(m))),
            Lexicon.FEATURES
                .matchAt(tokens, index)
                .map(m -> as(m, new FeatureWord(m.text(), m.meaning(), !negated))))
        .flatMap(Optional::stream);
  }

  private boolean isMeantAsName(Match<?> match, int index) {
    if (!Lexicon.ORDINARY_WORDS.contains(match.text())) {
      return true;
    }
    if (index > 0 && NAME_CUES.contains(tokens.get(index - 1))) {
      return true;
    }
    int next = index + match.words();
    return next < tokens.size()
        && (NAMED_THINGS.contains(tokens.get(next))
            || Lexicon.KINDS.matchAt(tokens, next).isPresent());
  }

  private static Match<Term> plain(String token) {
    return new Match<>(token, 1, Tokens.isMark(token) ? new Mark(token) : new Word(token));
  }

  private static Match<Term> as(Match<?> match, Term term) {
    return new Match<>(match.text(), match.words(), term);
  }

  private static Term kind(Match<KindMeaning> match) {
    return new KindPhrase(match.text(), match.meaning().kind(), match.meaning().certain());
  }

  private static Term technology(Match<TechnologyMeaning> match) {
    return new Technology(match.text(), match.meaning().name(), match.meaning().language());
  }

  private static Term filler(Match<?> match) {
    return new Filler(match.text());
  }
}

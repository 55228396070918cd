package dev.anton.planner.prompt;

import dev.anton.planner.prompt.Term.Mark;
import dev.anton.planner.prompt.Term.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds runs of nouns, and lists of them, among the terms of a prompt. */
final class NounPhrases {

  /**
   * A noun with what stands before it.
   *
   * @param words at most {@value #LONGEST}, without articles and adjectives that say nothing
   * @param end index of the first term after it
   * @param distributive whether it began with each or every
   */
  record Phrase(List<String> words, int end, boolean distributive) {

    String last() {
      return words.getLast();
    }
  }

  /**
   * Phrases joined by commas and conjunctions.
   *
   * @param end index of the first term after the list
   */
  record Enumeration(List<Phrase> phrases, int end) {}

  private static final int LONGEST = 3;

  private static final Set<String> EACH = Set.of("each", "every");

  /** Say nothing about what a thing is. */
  private static final Set<String> LEADING =
      Tokens.words(
          """
          a an the my our your their his her its some any all simple small basic tiny
          minimal personal online new good nice full complete modern robust scalable
          little easy fast lightweight multiple many several various different own shared
          internal public private single useful clean great cool local http json working
          fully functional functioning me us please two three resource resources entity
          entities called named both following well optional required unique production
          ready grade parsing cleaning converting formatting validating importing exporting
          processing csv raw daily
          """);

  /** End a noun phrase: prepositions, pronouns, auxiliaries, and verbs of this trade. */
  private static final Set<String> ENDING =
      Tokens.words(
          """
          in on at to from with without of for by as that which who where when while so
          using via into per is are be been can could should must may will would has have
          having include includes including support supports allow allows let lets it they
          them we i you he she this these those not no if then but because about
          containing contains contain use uses manage manages managing track tracks
          tracking stores storing handle handles handling organize organizes organise
          organises edit edits borrow borrows buy sell sells add adds adding delete
          deletes deleting update updates updating read reads search get gets list lists
          i'd i'm it's also only just like such than do does written based running
          exposing exposes expose serving serves imports loads cleans processes validates
          collects converts attend attends teach teaches publish publishes
          """);

  private static final Set<String> JOINING = Set.of(",", "and", "&", "or", "plus", "/");

  private final List<Term> terms;

  NounPhrases(List<Term> terms) {
    this.terms = terms;
  }

  /** The phrase that begins at the index; without words if none does. */
  Phrase startingAt(int index) {
    boolean distributive = false;
    int at = index;
    while (at < terms.size() && isLeading(at)) {
      distributive |= EACH.contains(terms.get(at).text());
      at++;
    }
    List<String> words = new ArrayList<>();
    while (at < terms.size() && isNoun(at, !words.isEmpty())) {
      words.add(terms.get(at).text());
      at++;
    }
    return new Phrase(lastOf(words), at, distributive);
  }

  /** The phrase that ends just before the index; without words if none does. */
  Phrase endingBefore(int index) {
    int start = index;
    while (start > 0 && isNoun(start - 1, true) && !isLeading(start - 1)) {
      start--;
    }
    // A noun such as list is only one after another noun.
    while (start < index && !isNoun(start, false)) {
      start++;
    }
    List<String> words = terms.subList(start, index).stream().map(Term::text).toList();
    boolean distributive = start > 0 && EACH.contains(terms.get(start - 1).text());
    return new Phrase(lastOf(words), index, distributive);
  }

  /** The list that begins at the index; what is no noun in it is passed over. */
  Enumeration listStartingAt(int index) {
    List<Phrase> phrases = new ArrayList<>();
    int at = index;
    while (true) {
      Phrase phrase = startingAt(at);
      if (!phrase.words().isEmpty()) {
        phrases.add(phrase);
      }
      at = phrase.end();
      if (phrase.words().isEmpty() && at < terms.size() && isPassedOver(terms.get(at))) {
        at++;
      }
      int joined = skipJoining(at);
      if (joined == at) {
        return new Enumeration(phrases, at);
      }
      at = joined;
    }
  }

  private int skipJoining(int index) {
    int at = index;
    while (at < terms.size() && JOINING.contains(terms.get(at).text())) {
      at++;
    }
    return at;
  }

  private static boolean isPassedOver(Term term) {
    return !(term instanceof Word) && !(term instanceof Mark);
  }

  private boolean isLeading(int index) {
    return terms.get(index) instanceof Word(String text)
        && (LEADING.contains(text) || EACH.contains(text));
  }

  private boolean isNoun(int index, boolean insidePhrase) {
    if (!(terms.get(index) instanceof Word(String text))) {
      return false;
    }
    if (insidePhrase && (text.equals("list") || text.equals("lists"))) {
      return true;
    }
    return !ENDING.contains(text)
        && !JOINING.contains(text)
        && !EACH.contains(text)
        && !LEADING.contains(text)
        && !Lexicon.BUILD_VERBS.contains(text)
        && text.chars().anyMatch(Character::isLetter);
  }

  private static List<String> lastOf(List<String> words) {
    return List.copyOf(words.subList(Math.max(0, words.size() - LONGEST), words.size()));
  }
}

package dev.anton.planner.prompt;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.prompt.NounPhrases.Enumeration;
import dev.anton.planner.prompt.NounPhrases.Phrase;
import dev.anton.planner.prompt.Term.KindPhrase;
import dev.anton.planner.prompt.Term.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the things that a project deals with, and what is recorded of them. */
final class EntityReader {

  /**
   * @param subject the words by which the prompt names what it is about; null if it names nothing
   * @param entities empty if it names nothing
   * @param leftOut how many more there were than a project may have
   */
  record Found(@Nullable String subject, List<Entity> entities, int leftOut) {}

  /** Keeps a plan small enough to travel as one record. */
  static final int MAX_ENTITIES = 8;

  private static final int MAX_FIELDS = 20;

  private static final int MAX_SUBJECT = 60;

  /** Names become file names, columns and addresses. */
  private static final int MAX_WORD = 30;

  private final List<Term> terms;
  private final NounPhrases phrases;
  private final Map<String, Entity> found = new LinkedHashMap<>();
  private @Nullable String subject;

  private EntityReader(List<Term> terms) {
    this.terms = terms;
    this.phrases = new NounPhrases(terms);
  }

  static Found read(List<Term> terms) {
    EntityReader reader = new EntityReader(terms);
    reader.readPhrases();
    if (reader.found.isEmpty()) {
      reader.readKnownWords();
    }
    List<Entity> all = List.copyOf(reader.found.values());
    List<Entity> built = all.subList(0, Math.min(MAX_ENTITIES, all.size()));
    return new Found(
        reader.subject,
        RelationReader.connect(terms, built),
        Math.max(0, all.size() - MAX_ENTITIES));
  }

  private void readPhrases() {
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      if (term instanceof KindPhrase) {
        addThing(phrases.endingBefore(i));
      } else if (EntityWords.PART_CUES.contains(term.text())) {
        readParts(i);
      } else if (EntityWords.OBJECT_CUES.contains(term.text()) || RelationReader.isDeed(terms, i)) {
        readObjects(phrases.listStartingAt(i + 1));
      } else if (term.text().equals("(")) {
        readFieldsInBrackets(i);
      }
    }
  }

  private void readObjects(Enumeration objects) {
    for (Phrase phrase : objects.phrases()) {
      String next = phrase.end() < terms.size() ? terms.get(phrase.end()).text() : "";
      // What follows a with tells whether this is a thing or only the place of others.
      if (!EntityWords.ACTING.contains(next) && !EntityWords.PART_CUES.contains(next)) {
        addThing(phrase);
      }
    }
  }

  /** What follows a thing's with: its fields, or the things that it is a place of. */
  private void readParts(int cue) {
    Phrase head = headBefore(cue);
    int start = cue + 1;
    boolean named =
        start < terms.size() && EntityWords.FIELD_WORDS.contains(terms.get(start).text());
    if (named) {
      start++;
      if (start < terms.size() && terms.get(start).text().equals(":")) {
        start++;
      }
    }
    List<Phrase> parts = phrases.listStartingAt(start).phrases();
    if (!parts.isEmpty() && !head.words().isEmpty() && (named || areFields(head, cue, parts))) {
      addThing(head, fields(parts));
      return;
    }
    List<Phrase> things = parts.stream().filter(EntityReader::isThing).toList();
    if (things.isEmpty() || isKnownThing(head)) {
      addThing(head);
    } else if (!head.words().isEmpty()) {
      name(head.words());
    }
    things.forEach(this::addThing);
  }

  private static boolean isKnownThing(Phrase phrase) {
    List<String> thing = thing(phrase.words());
    return !thing.isEmpty() && KnownEntities.isKnown(thing.getLast());
  }

  /** Passes over a pronoun: books that have a title. */
  private Phrase headBefore(int cue) {
    boolean pronoun =
        cue > 0
            && Set.of("that", "which", "who", "should", "must").contains(terms.get(cue - 1).text());
    return phrases.endingBefore(pronoun ? cue - 1 : cue);
  }

  private boolean areFields(Phrase head, int cue, List<Phrase> parts) {
    String verb = terms.get(cue).text();
    boolean anyPlural = parts.stream().anyMatch(part -> Inflection.isPlural(part.last()));
    boolean anyTypical = parts.stream().anyMatch(part -> FieldReader.isTypicalField(part.last()));
    if (head.distributive() || verb.equals("has") || verb.equals("have")) {
      return anyTypical || !anyPlural;
    }
    if (Inflection.isPlural(head.last())) {
      return anyTypical || !anyPlural;
    }
    return !anyPlural && KnownEntities.ofDomain(head.last()) == null;
  }

  /** A singular word that nothing is known of is more likely a quality than a thing. */
  private static boolean isThing(Phrase part) {
    return Inflection.isPlural(part.last())
        || KnownEntities.isKnown(part.last())
        || KnownEntities.ofDomain(part.last()) != null;
  }

  private void readFieldsInBrackets(int bracket) {
    Phrase head = phrases.endingBefore(bracket);
    if (head.words().isEmpty()) {
      return;
    }
    List<Field> fields = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean typed = false;
    for (int i = bracket + 1; i < terms.size(); i++) {
      String text = terms.get(i).text();
      if (text.equals(",") || text.equals(")") || text.equals("and")) {
        field(words, typed, fields.isEmpty()).ifPresent(fields::add);
        words.clear();
        typed = false;
        if (text.equals(")")) {
          addThing(head, fields);
          return;
        }
      } else if (text.equals(":")) {
        typed = true;
      } else if (terms.get(i) instanceof Word && words.size() < 3) {
        words.add(text);
      } else {
        return; // A remark in brackets, not a list of fields.
      }
    }
  }

  private static List<Field> fields(List<Phrase> parts) {
    List<Field> fields = new ArrayList<>();
    for (Phrase part : parts) {
      List<String> words = new ArrayList<>(part.words());
      if (!FieldReader.isTypicalField(words.getLast())) {
        words.set(words.size() - 1, Inflection.singular(words.getLast()));
      }
      field(words, false, fields.isEmpty()).ifPresent(fields::add);
    }
    return fields;
  }

  /** The first field is what a thing is known by; only it is required. */
  private static Optional<Field> field(List<String> words, boolean typed, boolean first) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return typed && words.size() > 1
        ? FieldReader.field(words.subList(0, words.size() - 1), words.getLast(), first)
        : FieldReader.field(words, null, first);
  }

  private void addThing(Phrase phrase) {
    addThing(phrase, List.of());
  }

  private void addThing(Phrase phrase, List<Field> fields) {
    List<String> words = phrase.words();
    if (words.isEmpty()) {
      return;
    }
    List<String> domain = KnownEntities.ofDomain(String.join(" ", words));
    List<String> thing = thing(words);
    if (domain == null && !thing.isEmpty()) {
      domain = KnownEntities.ofDomain(thing.getLast());
    }
    if (domain != null && fields.isEmpty()) {
      name(words);
      domain.forEach(word -> add(List.of(word), List.of()));
    } else if (!thing.isEmpty() && !EntityWords.NO_THINGS.contains(thing.getLast())) {
      name(words);
      add(thing, fields);
    }
  }

  private void add(List<String> words, List<Field> fields) {
    List<String> ascii =
        words.stream()
            .map(word -> word.replaceAll("[^a-z0-9]", ""))
            .map(word -> word.substring(0, Math.min(MAX_WORD, word.length())))
            .filter(w -> !w.isEmpty())
            .toList();
    if (ascii.isEmpty() || !Character.isLetter(ascii.getFirst().charAt(0))) {
      return;
    }
    List<Field> distinct = new ArrayList<>();
    for (Field field : fields) {
      if (distinct.size() < MAX_FIELDS
          && distinct.stream().noneMatch(other -> other.name().equals(field.name()))) {
        distinct.add(field);
      }
    }
    Entity entity = KnownEntities.entity(ascii, distinct);
    if (distinct.isEmpty()) {
      found.putIfAbsent(entity.name(), entity);
    } else {
      found.put(entity.name(), entity);
    }
  }

  private void name(List<String> words) {
    if (subject == null) {
      String text = String.join(" ", words);
      subject = text.substring(0, Math.min(MAX_SUBJECT, text.length()));
    }
  }

  /** The words without containers, the last one singular: todo list items → todo. */
  private static List<String> thing(List<String> words) {
    List<String> thing = new ArrayList<>(words);
    while (!thing.isEmpty() && EntityWords.CONTAINERS.contains(thing.getLast())) {
      thing.removeLast();
    }
    if (thing.isEmpty()) {
      return thing;
    }
    thing.set(thing.size() - 1, Inflection.singular(thing.getLast()));
    if (thing.size() > 1 && EntityWords.PARTS_OF_A_WHOLE.contains(thing.getLast())) {
      List<String> whole = thing(thing.subList(0, thing.size() - 1));
      return whole.isEmpty() || !KnownEntities.isKnown(whole.getLast()) ? thing : whole;
    }
    return thing;
  }

  private void readKnownWords() {
    for (int i = 0; i < terms.size(); i++) {
      boolean acts = i + 1 < terms.size() && EntityWords.ACTING.contains(terms.get(i + 1).text());
      if (terms.get(i) instanceof Word(String text)
          && !acts
          && (KnownEntities.isKnown(Inflection.singular(text))
              || KnownEntities.ofDomain(text) != null)) {
        addThing(new Phrase(List.of(text), i + 1, false));
      }
    }
  }
}

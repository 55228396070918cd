package dev.anton.planner.prompt;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import dev.anton.planner.prompt.NounPhrases.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds how things belong together, and makes references of it: members who borrow books give a
 * book a reference to the member that it is borrowed by.
 */
final class RelationReader {

  /** What someone does with a thing, and how the thing remembers it. */
  private static final Map<String, String> VERBS =
      Map.ofEntries(
          Map.entry("attend", "attended_by"),
          Map.entry("book", "booked_by"),
          Map.entry("borrow", "borrowed_by"),
          Map.entry("buy", "bought_by"),
          Map.entry("create", "created_by"),
          Map.entry("drive", "driven_by"),
          Map.entry("lead", "led_by"),
          Map.entry("manage", "managed_by"),
          Map.entry("order", "ordered_by"),
          Map.entry("organize", "organized_by"),
          Map.entry("own", "owned_by"),
          Map.entry("place", "placed_by"),
          Map.entry("publish", "published_by"),
          Map.entry("rent", "rented_by"),
          Map.entry("reserve", "reserved_by"),
          Map.entry("review", "reviewed_by"),
          Map.entry("sell", "sold_by"),
          Map.entry("teach", "taught_by"),
          Map.entry("write", "written_by"));

  /** After a noun, too, these can only be verbs: students attend courses. */
  private static final Set<String> NEVER_NOUNS =
      Set.of("attend", "borrow", "buy", "teach", "publish");

  /** Before these words stands who does it. */
  private static final Set<String> ACTOR_ENDS = Set.of("who", "that", "which", "can", "may");

  private static final Set<String> PART_CUES =
      Set.of("with", "has", "have", "containing", "contain", "contains");

  /** Things that many share, so that none belongs to one. */
  private static final Set<String> SHARED =
      Set.of("Tag", "Category", "Label", "Author", "User", "Genre");

  private final List<Term> terms;
  private final NounPhrases phrases;
  private final Map<String, Entity> entities = new LinkedHashMap<>();

  private RelationReader(List<Term> terms, List<Entity> entities) {
    this.terms = terms;
    this.phrases = new NounPhrases(terms);
    entities.forEach(entity -> this.entities.put(entity.name(), entity));
  }

  /** The same entities, with references between them. */
  static List<Entity> connect(List<Term> terms, List<Entity> entities) {
    RelationReader reader = new RelationReader(terms, entities);
    entities.forEach(reader::readFields);
    for (int i = 0; i < terms.size(); i++) {
      reader.readDeed(i);
      reader.readBelonging(i);
      reader.readParts(i);
    }
    return List.copyOf(reader.entities.values());
  }

  /** Whether the word at the index says what someone does with things. */
  static boolean isDeed(List<Term> terms, int index) {
    if (index == 0 || !VERBS.containsKey(base(terms.get(index).text()))) {
      return false;
    }
    String before = terms.get(index - 1).text();
    return ACTOR_ENDS.contains(before)
        || (NEVER_NOUNS.contains(terms.get(index).text()) && Inflection.isPlural(before));
  }

  /** A loan's book is a reference where there are books. One field stays the thing's own. */
  private void readFields(Entity entity) {
    List<Field> fields = new ArrayList<>();
    boolean own = entity.fields().stream().anyMatch(field -> target(entity, field).isEmpty());
    for (Field field : entity.fields()) {
      Optional<String> target = target(entity, field);
      boolean kept = !own && fields.isEmpty();
      fields.add(target.isPresent() && !kept ? Field.reference(field.name(), target.get()) : field);
    }
    entities.put(entity.name(), new Entity(entity.name(), entity.plural(), fields));
  }

  private Optional<String> target(Entity entity, Field field) {
    return field.type() != FieldType.TEXT
        ? Optional.empty()
        : entities.values().stream()
            .filter(other -> !other.name().equals(entity.name()))
            .filter(other -> other.snakeName().equals(field.name()))
            .map(Entity::name)
            .findFirst();
  }

  private void readDeed(int index) {
    if (isDeed(terms, index)) {
      boolean pronoun = ACTOR_ENDS.contains(terms.get(index - 1).text());
      Optional<Entity> actor = entity(actorBefore(pronoun ? index - 1 : index));
      // What is listed after the first may as well be things of its own.
      Phrase phrase = phrases.startingAt(index + 1);
      Optional<Entity> thing = entity(phrase);
      if (actor.isPresent() && thing.isPresent() && !nextIs(phrase, PART_CUES)) {
        String name = Objects.requireNonNull(VERBS.get(base(terms.get(index).text())));
        refer(thing.get(), name, actor.get());
      }
    }
  }

  /** Members who can borrow: two words stand between. */
  private Phrase actorBefore(int index) {
    boolean two = index > 0 && ACTOR_ENDS.contains(terms.get(index - 1).text());
    return phrases.endingBefore(two ? index - 1 : index);
  }

  private void readBelonging(int index) {
    if (Set.of("belong", "belongs", "belonging").contains(terms.get(index).text())
        && index + 1 < terms.size()
        && terms.get(index + 1).text().equals("to")) {
      boolean pronoun = index > 0 && ACTOR_ENDS.contains(terms.get(index - 1).text());
      Optional<Entity> part = entity(phrases.endingBefore(pronoun ? index - 1 : index));
      Optional<Entity> whole = entity(phrases.startingAt(index + 2));
      if (part.isPresent() && whole.isPresent()) {
        refer(part.get(), whole.get().snakeName(), whole.get());
      }
    }
  }

  /** Projects with tasks: a task belongs to a project. */
  private void readParts(int index) {
    if (PART_CUES.contains(terms.get(index).text())) {
      Optional<Entity> whole = entity(phrases.endingBefore(index));
      for (Phrase phrase : phrases.listStartingAt(index + 1).phrases()) {
        Optional<Entity> part = entity(phrase);
        if (whole.isPresent()
            && part.isPresent()
            && Inflection.isPlural(phrase.last())
            && !nextIs(phrase, ACTOR_ENDS)
            && !SHARED.contains(part.get().name())) {
          refer(part.get(), whole.get().snakeName(), whole.get());
        }
      }
    }
  }

  private boolean nextIs(Phrase phrase, Set<String> words) {
    return phrase.end() < terms.size() && words.contains(terms.get(phrase.end()).text());
  }

  private void refer(Entity from, String name, Entity to) {
    Entity current = entities.getOrDefault(from.name(), from);
    boolean taken = current.fields().stream().anyMatch(field -> field.name().equals(name));
    if (!taken && !from.name().equals(to.name())) {
      List<Field> fields = new ArrayList<>(current.fields());
      fields.add(Field.reference(name, to.name()));
      entities.put(from.name(), new Entity(current.name(), current.plural(), fields));
    }
  }

  private Optional<Entity> entity(Phrase phrase) {
    if (phrase.words().isEmpty()) {
      return Optional.empty();
    }
    String last = Inflection.singular(phrase.last());
    List<String> all = new ArrayList<>(phrase.words().subList(0, phrase.words().size() - 1));
    all.add(last);
    return Optional.ofNullable(entities.get(pascal(all)))
        .or(() -> Optional.ofNullable(entities.get(pascal(List.of(last)))));
  }

  private static String pascal(List<String> words) {
    StringBuilder text = new StringBuilder();
    words.forEach(w -> text.append(Character.toUpperCase(w.charAt(0))).append(w.substring(1)));
    return text.toString();
  }

  /** Of a verb in the third person: borrows is borrow, teaches is teach. */
  private static String base(String verb) {
    if (VERBS.containsKey(verb)) {
      return verb;
    }
    if (verb.endsWith("s")) {
      return VERBS.containsKey(verb.substring(0, verb.length() - 1))
          ? verb.substring(0, verb.length() - 1)
          : verb.endsWith("es") ? verb.substring(0, verb.length() - 2) : verb;
    }
    return verb;
  }
}

package dev.anton.planner.template;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.template.Blueprint.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that a template has itself, taken from what it writes: no entity's type, constant or
 * file may have one of them. What an entity is called in addresses, commands and JSON is its own.
 */
final class TakenNames {

  private static final Pattern SOURCE = Pattern.compile("[^\\s{}]+\\.(?:py|js|java)(?!\\w)");

  /** Sections are there or not; what stands for a value is part of a longer name. */
  private static final Pattern SECTION_TAG = Pattern.compile("\\{\\{[#^/>!].*?}}");

  private static final Pattern VALUE_TAG = Pattern.compile("\\{\\{\\{?.*?}}}?");

  /** Comments and texts, in which a name is none. */
  private static final Pattern PROSE =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|(?m://.*$)|(?m:^\\s*# .*$)");

  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Z]\\w*");

  private final Dialect dialect;
  private final Set<String> names;
  private final Set<String> places;
  private final List<String> placesOfEntities;

  private TakenNames(
      Dialect dialect, Set<String> names, Set<String> places, List<String> placesOfEntities) {
    this.dialect = dialect;
    this.names = Set.copyOf(names);
    this.places = Set.copyOf(places);
    this.placesOfEntities = List.copyOf(placesOfEntities);
  }

  static TakenNames of(Dialect dialect, Rendering rendering, List<Step> steps) {
    Set<String> names =
        steps.stream()
            .flatMap(step -> step.files().values().stream())
            .flatMap(file -> SOURCE.matcher(file).results().map(found -> found.group()))
            .distinct()
            .flatMap(file -> names(rendering.read(file + ".mustache")))
            .collect(Collectors.toSet());
    Set<String> places = new HashSet<>();
    steps.stream()
        .filter(step -> step.each() == null)
        .flatMap(TakenNames::places)
        .forEach(place -> places.add(folded(place)));
    List<String> placesOfEntities =
        steps.stream()
            .filter(step -> step.each() != null)
            .flatMap(TakenNames::places)
            .distinct()
            .toList();
    return new TakenNames(dialect, names, places, placesOfEntities);
  }

  /** The entity's name where the language has a type for it. */
  String type(Entity entity, List<Entity> all) {
    return free(
        entity.name(),
        "Entity",
        name ->
            !dialect.isTakenType(name)
                && !names.contains(name)
                && isFreePlace("type", name)
                && isNoOthers(name, entity, all, Entity::name));
  }

  String constant(Entity entity) {
    String constant = entity.snakeName().toUpperCase(Locale.ROOT);
    return names.contains(constant) ? constant + "_" : constant;
  }

  /** The entity's name in names of files and steps, in {@code kebab-case}. */
  String file(Entity entity, List<Entity> all) {
    return free(
        kebab(entity),
        "-entity",
        name ->
            isFreePlace("file", name)
                && isFreePlace("fileSnake", name.replace('-', '_'))
                && isNoOthers(name, entity, all, TakenNames::kebab));
  }

  private static String free(String wanted, String suffix, Predicate<String> isFree) {
    return Stream.iterate(wanted, name -> name + suffix).filter(isFree).findFirst().orElseThrow();
  }

  private static boolean isNoOthers(
      String name, Entity entity, List<Entity> all, Function<Entity, String> form) {
    return all.stream()
        .filter(other -> !other.name().equals(entity.name()))
        .noneMatch(other -> form.apply(other).equalsIgnoreCase(name));
  }

  /** Other values of a place are the same for every name, so that they need none. */
  private boolean isFreePlace(String tag, String name) {
    String placeholder = "{{" + tag + "}}";
    return placesOfEntities.stream()
        .filter(place -> place.contains(placeholder))
        .noneMatch(place -> places.contains(folded(place.replace(placeholder, name))));
  }

  private static Stream<String> places(Step step) {
    return Stream.concat(Stream.of("step " + step.id()), step.files().keySet().stream());
  }

  /** As file systems compare that cannot tell letters' cases apart. */
  private static String folded(String place) {
    return place.toLowerCase(Locale.ROOT);
  }

  private static String kebab(Entity entity) {
    return entity.snakeName().replace('_', '-');
  }

  private static Stream<String> names(String template) {
    String code = SECTION_TAG.matcher(template).replaceAll(" ");
    code = VALUE_TAG.matcher(code).replaceAll("_");
    code = PROSE.matcher(code).replaceAll(" ");
    return NAME.matcher(code).results().map(found -> found.group());
  }
}
